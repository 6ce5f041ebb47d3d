import { randomUUID } from 'node:crypto';
import { quoteName } from '../plan/names.ts';
import { type Figures, sourceFigures } from './checks.ts';
import { type CopyOptions, type CopyResult, copyRows, sendLookups, writeStage } from './copy.ts';
import { withOffender } from './offender.ts';
import type { Prepared } from './prepare.ts';
import { resumable } from './resume.ts';
import type { SyncSession } from './session.ts';

export interface Loaded extends CopyResult {
  /** Figures of the source from when its export began; undefined where none are compared. */
  readonly figures: Promise<Figures> | undefined;
}

/** Brings the rows into a table beside the target, by way of a file where the definition says so. */
export async function load(session: SyncSession, { plan }: Prepared): Promise<Loaded> {
  const { definition, deps, phases } = session;
  const { clickhouse, signal, stage } = deps;
  let figures: Promise<Figures> | undefined;
  const onExport = () => {
    figures = plan.checks && sourceFigures(clickhouse, plan.checks, signal);
    // Whoever compares them sees the failure; if nobody comes to that, another one was first.
    figures?.catch(() => {});
  };
  const options = { signal, stage, onBytes: (bytes: number) => phases.progress('copy', { bytes }) };
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

/** One transaction makes the table and fills it: that is what FREEZE asks for, and a load that dies leaves nothing. */
async function fill(
  { definition, deps, connection }: SyncSession,
  plan: Prepared['plan'],
  options: CopyOptions,
  again: boolean,
): Promise<CopyResult> {
  try {
    await connection.query(`begin; set local statement_timeout = ${Math.round(definition.timeouts.load * 1000)}`);
    // It had committed, and only the word of it was lost.
    if (again) await connection.query(`drop table if exists ${quoteName(plan.temporary)}`);
    for (const sql of plan.create) await connection.query(sql);
    const copied = await copyRows(deps.clickhouse, connection, plan, options);
    await connection.query('commit');
    return copied;
  } catch (error) {
    await connection.query('rollback').catch(() => {});
    throw error;
  }
}
