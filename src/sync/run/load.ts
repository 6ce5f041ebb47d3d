import { randomUUID } from 'node:crypto';
import { quoteName } from '../plan/names.ts';
import { type Connection, connect } from '../postgres/connection.ts';
import type { SyncDefinition } from '../types.ts';
import { type Figures, sourceFigures } from './checks.ts';
import { type CopyOptions, type CopyResult, copyRows, sendLookups, writeStage } from './copy.ts';
import { withOffender } from './offender.ts';
import type { Prepared } from './prepare.ts';
import { resumable } from './resume.ts';
import type { SyncDeps, SyncSession } from './session.ts';

export interface Loaded extends CopyResult {
  /** Figures of the source from when its export began; undefined where none are compared. */
  readonly figures: Promise<Figures> | undefined;
}

/** Brings the rows into a table beside the target, by way of a file where the definition says so. */
export async function load(session: SyncSession, { plan, sourceRows: total }: Prepared): Promise<Loaded> {
  const { definition, deps, phases } = session;
  const { clickhouse, signal, stage } = deps;
  let figures: Promise<Figures> | undefined;
  const onExport = () => {
    figures = plan.checks && sourceFigures(clickhouse, plan.checks, signal);
    // Whoever compares them sees the failure; if nobody comes to that, another one was first.
    figures?.catch(() => {});
  };
  const onBytes: CopyOptions['onBytes'] = (bytes, rows) =>
    phases.progress('copy', { bytes, ...(rows !== undefined && { rows: Math.min(rows, total), total }) });
  const options = { signal, stage, onBytes };
  /** The look-ups live in a session of ClickHouse, a new one for each try. */
  const withLookups = async <T>(work: (sessionId: string) => Promise<T>): Promise<T> => {
    const sessionId = randomUUID();
    try {
      await sendLookups(clickhouse, session.connection, plan, { sessionId, signal });
      return await work(sessionId);
    } finally {
      if (plan.lookups.length > 0) await clickhouse.endSession(sessionId);
    }
  };
  const write = (sessionId: string) => {
    const written = writeStage(clickhouse, plan, definition.timeouts.load, { ...options, sessionId });
    onExport();
    return written;
  };
  const copy = (again: boolean) =>
    plan.stage === undefined
      ? withLookups((sessionId) => fill(session, plan, { ...options, sessionId, onExport }, again))
      : fill(session, plan, { ...options, sessionId: randomUUID() }, again);
  try {
    if (plan.stage !== undefined)
      await resumable(session, 'stage', () => phases.run('stage', () => withLookups(write)));
    const copied = await resumable(session, 'copy', (again) =>
      phases.run(
        'copy',
        () => copy(again),
        (result) => result,
      ),
    );
    return { ...copied, figures };
  } catch (error) {
    throw await withOffender(session, plan, error);
  }
}

async function connectOther(definition: SyncDefinition, deps: SyncDeps): Promise<Connection> {
  const other = await connect(deps.postgresUrl, `tsdbt sync ${definition.name} stream`);
  await other.query(`set statement_timeout = ${Math.round(definition.timeouts.load * 1000)}`);
  return other;
}

/** One transaction makes the table and fills it: that is what FREEZE asks for, and a load that dies leaves nothing. */
async function fill(
  { definition, deps, connection }: SyncSession,
  plan: Prepared['plan'],
  options: CopyOptions,
  again: boolean,
): Promise<CopyResult> {
  const { transport } = definition;
  const more = transport.kind === 'stream' ? transport.streams - 1 : 0;
  const others: Connection[] = [];
  try {
    await connection.query(`begin; set local statement_timeout = ${Math.round(definition.timeouts.load * 1000)}`);
    // It had committed, and only the word of it was lost.
    if (again) await connection.query(`drop table if exists ${quoteName(plan.temporary)}`);
    for (const sql of plan.create) await connection.query(sql);
    // Others see the table only when it is there, which is why several COPYs cannot freeze their rows.
    if (more > 0)
      await connection.query(`commit; set statement_timeout = ${Math.round(definition.timeouts.load * 1000)}`);
    for (let i = 0; i < more; i++) others.push(await connectOther(definition, deps));
    const copied = await copyRows(deps.clickhouse, [connection, ...others], plan, options);
    if (more === 0) await connection.query('commit');
    return copied;
  } catch (error) {
    await connection.query('rollback').catch(() => {});
    throw error;
  } finally {
    await Promise.all(others.map((other) => other.end().catch(() => {})));
  }
}
