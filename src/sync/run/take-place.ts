import type { SyncPlan } from '../plan/plan.ts';
import type { TargetShape } from '../plan/shape.ts';
import { type SessionDeps, type SyncSession, setStatementTimeout } from './session.ts';
import { swap, validate } from './swap.ts';

type Placing = Pick<SyncPlan, 'indexes' | 'dress' | 'vacuum' | 'matviews' | 'swap'>;

/** A loaded table takes the target's place: indexed, dressed like it, vacuumed, swapped. */
export async function takePlace(
  session: SyncSession<SessionDeps>,
  plan: Placing,
  target: TargetShape | undefined,
): Promise<void> {
  const { definition, connection, phases } = session;
  const { timeouts, table } = definition;
  await setStatementTimeout(session, timeouts.index);
  await phases.run('index', async () => {
    for (const sql of plan.indexes.flatMap((index) => index.statements)) await connection.query(sql);
    for (const sql of plan.dress) await connection.query(sql);
    const { bind, fill } = plan.matviews;
    if (bind.length > 0) await swap(connection, table, { locks: [table], statements: bind }, target, timeouts.swap);
    for (const sql of fill) await connection.query(sql);
  });
  await setStatementTimeout(session, timeouts.vacuum);
  await phases.run('vacuum', () => connection.query(plan.vacuum));
  await setStatementTimeout(session, timeouts.load);
  await phases.run('swap', () => swap(connection, table, plan.swap, target, timeouts.swap));
  await validate(definition, connection, plan.swap.validate);
}
