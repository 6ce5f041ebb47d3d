import { quoteName, type TableName } from '../plan/names.ts';
import type { SyncPlan } from '../plan/plan.ts';
import type { TargetShape } from '../plan/shape.ts';
import { type Connection, rowsOf } from '../postgres/connection.ts';
import { eachOnce, resumable, unlessThere } from './resume.ts';
import { type SessionDeps, type SyncSession, setStatementTimeout } from './session.ts';
import { swap, validate } from './swap.ts';

type Placing = Pick<SyncPlan, 'temporary' | 'indexes' | 'dress' | 'vacuum' | 'matviews' | 'swap'>;

/** A loaded table takes the target's place: indexed, dressed like it, vacuumed, swapped. */
export async function takePlace(
  session: SyncSession<SessionDeps>,
  plan: Placing,
  target: TargetShape | undefined,
  strangers?: string,
): Promise<void> {
  const { definition, phases } = session;
  const { timeouts, table } = definition;
  const done = new Set<string>();
  const oid = await oidOf(session.connection, plan.temporary);
  await resumable(session, 'index', async (again) => {
    await setStatementTimeout(session, timeouts.index);
    await phases.run('index', async () => {
      const first = [...plan.indexes.flatMap((index) => index.statements), ...plan.dress];
      await eachOnce(session, first, done, again);
      const { bind, fill } = plan.matviews;
      const binding = { locks: [table], statements: bind };
      if (bind.length > 0) await unlessThere(again, () => swap(session, binding, target));
      await eachOnce(session, fill, done, again);
    });
  });
  await resumable(session, 'vacuum', async () => {
    await setStatementTimeout(session, timeouts.vacuum);
    await phases.run('vacuum', () => session.connection.query(plan.vacuum));
  });
  await resumable(session, 'swap', async (again) => {
    // The word that it had committed may be what was lost.
    if (again && (await oidOf(session.connection, table)) === oid) return;
    await setStatementTimeout(session, timeouts.load);
    await phases.run('swap', () => swap(session, plan.swap, target, strangers));
  });
  await validate(definition, session.connection, plan.swap.validate);
}

async function oidOf(connection: Connection, table: TableName): Promise<string | null> {
  const name = quoteName(table);
  const [row] = await rowsOf<{ oid: string | null }>(connection, 'select to_regclass($1)::oid::text as oid', [name]);
  return row!.oid;
}
