import { randomUUID } from 'node:crypto';
import { isTsdbtError, TsdbtError } from '../../error/index.ts';
import { quoteName } from '../plan/names.ts';
import { type Connection, connect } from '../postgres/connection.ts';
import { lockTarget, sweepLeftovers } from '../postgres/lock.ts';
import type { ClickHousePort, SyncDefinition, SyncEvent, SyncResult } from '../types.ts';
import { type CopyResult, copyRows, sendLookups } from './copy.ts';
import { expectedRows, guardEnriched, guardKey, guardRows } from './guards.ts';
import { Phases } from './phases.ts';
import { type Prepared, prepare } from './prepare.ts';
import { swap, validate } from './swap.ts';

export interface SyncDeps {
  readonly clickhouse: ClickHousePort;
  /** URL of the target's database. */
  readonly postgresUrl: string;
  /** SQL of ClickHouse that stands after FROM: the model's relation, or the query in parentheses. */
  readonly source: string;
  readonly invocationId: string;
  readonly emit?: (event: SyncEvent) => void;
  readonly signal?: AbortSignal | undefined;
  /** `text` loads through COPY's text format though binary would do. */
  readonly format?: 'binary' | 'text';
}

/**
 * Brings one mart to Postgres: plan, load beside the target, verify, index, swap. Until the swap commits the target is
 * as it was; on every way out the loaded table is gone. Throws TsdbtError, with the cause within.
 */
export async function runSync(definition: SyncDefinition, deps: SyncDeps): Promise<SyncResult> {
  const phases = new Phases(definition.name, deps.emit);
  const connection = await connect(deps.postgresUrl, `tsdbt sync ${definition.name}`);
  const stopListening = cancelOnAbort(connection, deps);
  let prepared: Prepared | undefined;
  try {
    await lockTarget(connection, definition.table);
    prepared = await phases.run('plan', () => ready(definition, deps, connection));
    return await execute(definition, deps, connection, prepared, phases);
  } catch (error) {
    if (prepared) await dropTemporary(connection, deps.postgresUrl, prepared);
    throw failed(definition, error);
  } finally {
    stopListening();
    await connection.end().catch(() => {});
  }
}

async function ready(definition: SyncDefinition, deps: SyncDeps, connection: Connection): Promise<Prepared> {
  await sweepLeftovers(connection, definition.table);
  const prepared = await prepare(definition, { ...deps, connection, reserve: true });
  const { problems } = prepared.plan;
  if (problems.length === 0) return prepared;
  throw new TsdbtError({
    code: 'TSD5001',
    message: `sync ${definition.name} cannot run:\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
    at: definition.at,
  });
}

async function execute(
  definition: SyncDefinition,
  deps: SyncDeps,
  connection: Connection,
  prepared: Prepared,
  phases: Phases,
): Promise<SyncResult> {
  const { plan, target, targetRows } = prepared;
  const { timeouts, table } = definition;
  const step = (seconds: number) => connection.query(`set statement_timeout = ${Math.round(seconds * 1000)}`);
  const copied = await phases.run(
    'copy',
    () => load(deps, connection, prepared, timeouts.load, phases),
    (result) => result,
  );
  const enriched = await phases.run('verify', async () => {
    const sourceRows = await expectedRows(definition, deps.clickhouse, prepared, copied.rows);
    guardRows(definition, { rows: copied.rows, sourceRows, targetRows });
    await guardKey(definition, connection, plan.temporary);
    return guardEnriched(definition, connection, plan);
  });
  await step(timeouts.index);
  await phases.run('index', async () => {
    for (const sql of plan.indexes.flatMap((index) => index.statements)) await connection.query(sql);
    for (const sql of plan.dress) await connection.query(sql);
  });
  await step(timeouts.vacuum);
  await phases.run('vacuum', () => connection.query(plan.vacuum));
  await step(timeouts.load);
  await phases.run('swap', () => swap(connection, table, plan.swap, target, timeouts.swap));
  await validate(definition, connection, plan.swap.validate);
  const seconds = phases.total();
  phases.say('done', 'end', seconds, { rows: copied.rows, bytes: copied.bytes });
  return {
    name: definition.name,
    target: `${table.schema}.${table.name}`,
    format: plan.format,
    rows: copied.rows,
    rowsBefore: targetRows,
    bytes: copied.bytes,
    enriched,
    seconds,
    phases: phases.seconds,
  };
}

/** One transaction makes the table and fills it: that is what FREEZE asks for, and a load that dies leaves nothing. */
async function load(
  deps: SyncDeps,
  connection: Connection,
  { plan }: Prepared,
  seconds: number,
  phases: Phases,
): Promise<CopyResult> {
  const options = {
    sessionId: randomUUID(),
    signal: deps.signal,
    onBytes: (bytes: number) => phases.progress('copy', { bytes }),
  };
  try {
    await sendLookups(deps.clickhouse, connection, plan, options);
    await connection.query(`begin; set local statement_timeout = ${Math.round(seconds * 1000)}`);
    for (const sql of plan.create) await connection.query(sql);
    const copied = await copyRows(deps.clickhouse, connection, plan, options);
    await connection.query('commit');
    return copied;
  } catch (error) {
    await connection.query('rollback').catch(() => {});
    throw error;
  } finally {
    if (plan.lookups.length > 0) await deps.clickhouse.endSession(options.sessionId);
  }
}

/** An abort must also reach a statement that runs in Postgres, which only another session can cancel. */
function cancelOnAbort(connection: Connection, { signal, postgresUrl }: SyncDeps): () => void {
  const { processID } = connection as Connection & { readonly processID: number };
  const onAbort = async () => {
    const other = await connect(postgresUrl, 'tsdbt cancel').catch(() => undefined);
    await other?.query('select pg_cancel_backend($1)', [processID]).catch(() => {});
    await other?.end().catch(() => {});
  };
  signal?.addEventListener('abort', onAbort);
  return () => signal?.removeEventListener('abort', onAbort);
}

/** The session may be gone with whatever failed; then another one cleans up. What it cannot, the next sync sweeps. */
async function dropTemporary(connection: Connection, url: string, { plan }: Prepared): Promise<void> {
  const sql = `rollback; set statement_timeout = 10000; set lock_timeout = 5000; drop table if exists ${quoteName(plan.temporary)}`;
  try {
    await connection.query(sql);
  } catch {
    const other = await connect(url, 'tsdbt cleanup').catch(() => undefined);
    await other?.query(sql).catch(() => {});
    await other?.end().catch(() => {});
  }
}

function failed(definition: SyncDefinition, error: unknown): TsdbtError {
  if (isTsdbtError(error)) return error;
  const { message, detail, where } = error as Error & { detail?: string; where?: string };
  const more = [detail, where].filter(Boolean).map((line) => `\n  ${line}`);
  return new TsdbtError({
    code: 'TSD5002',
    message: `sync ${definition.name} failed: ${message}${more.join('')}`,
    at: definition.at,
    hint: 'the target is as it was before',
    cause: error,
  });
}
