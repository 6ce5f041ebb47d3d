import { randomUUID } from 'node:crypto';
import { type Figures, sourceFigures } from './checks.ts';
import { type CopyOptions, type CopyResult, copyRows, sendLookups, writeStage } from './copy.ts';
import { withOffender } from './offender.ts';
import type { Prepared } from './prepare.ts';
import type { SyncSession } from './session.ts';

export interface Loaded extends CopyResult {
  /** Figures of the source from when its export began; undefined where none are compared. */
  readonly figures: Promise<Figures> | undefined;
}

/** Brings the rows into a table beside the target, by way of a file where the definition says so. */
export async function load(session: SyncSession, { plan }: Prepared): Promise<Loaded> {
  const { definition, deps, connection, phases } = session;
  const options: CopyOptions = {
    sessionId: randomUUID(),
    signal: deps.signal,
    stage: deps.stage,
    onBytes: (bytes: number) => phases.progress('copy', { bytes }),
  };
  let figures: Promise<Figures> | undefined;
  const onExport = () => {
    figures = plan.checks && sourceFigures(deps.clickhouse, plan.checks, deps.signal);
    // Whoever compares them sees the failure; if nobody comes to that, another one was first.
    figures?.catch(() => {});
  };
  const lookups = () => sendLookups(deps.clickhouse, connection, plan, options);
  const stage = async () => {
    await lookups();
    const written = writeStage(deps.clickhouse, plan, definition.timeouts.load, options);
    onExport();
    await written;
  };
  const copy = async () => {
    if (plan.stage !== undefined) return fill(session, plan, options);
    await lookups();
    return fill(session, plan, { ...options, onExport });
  };
  try {
    if (plan.stage !== undefined) await phases.run('stage', stage);
    const copied = await phases.run('copy', copy, (result) => result);
    return { ...copied, figures };
  } catch (error) {
    throw await withOffender(session, plan, error);
  } finally {
    if (plan.lookups.length > 0) await deps.clickhouse.endSession(options.sessionId);
  }
}

/** One transaction makes the table and fills it: that is what FREEZE asks for, and a load that dies leaves nothing. */
async function fill(
  { definition, deps, connection }: SyncSession,
  plan: Prepared['plan'],
  options: CopyOptions,
): Promise<CopyResult> {
  try {
    await connection.query(`begin; set local statement_timeout = ${Math.round(definition.timeouts.load * 1000)}`);
    for (const sql of plan.create) await connection.query(sql);
    const copied = await copyRows(deps.clickhouse, connection, plan, options);
    await connection.query('commit');
    return copied;
  } catch (error) {
    await connection.query('rollback').catch(() => {});
    throw error;
  }
}
