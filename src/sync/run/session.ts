import { setTimeout as sleep } from 'node:timers/promises';
import { isTsdbtError, TsdbtError } from '../../error/index.ts';
import { quoteName, temporaryName } from '../plan/names.ts';
import type { StageAccess } from '../plan/stage/access.ts';
import { type Connection, connect } from '../postgres/connection.ts';
import { lockTarget, sweepLeftovers } from '../postgres/lock.ts';
import type { ClickHousePort, SyncDefinition, SyncEvent } from '../types.ts';
import { Phases } from './phases.ts';

export interface SyncDeps {
  readonly clickhouse: ClickHousePort;
  /** URL of the target's database. */
  readonly postgresUrl: string;
  /** SQL of ClickHouse that stands after FROM: the model's relation, or the query in parentheses. */
  readonly source: string;
  readonly invocationId: string;
  /** Where the file of a sync with transport s3 goes. */
  readonly stage?: StageAccess | undefined;
  readonly emit?: (event: SyncEvent) => void;
  readonly signal?: AbortSignal | undefined;
  /** `text` loads through COPY's text format though binary would do. */
  readonly format?: 'binary' | 'text';
}

/** What every session needs; a rollback needs no more. */
export type SessionDeps = Omit<SyncDeps, 'clickhouse' | 'source'>;

/** One sync at work: it holds the target's lock in `connection`. */
export interface SyncSession<D extends SessionDeps = SyncDeps> {
  readonly definition: SyncDefinition;
  readonly deps: D;
  /** Another one after `reconnect`. */
  readonly connection: Connection;
  readonly phases: Phases;
  /** Connects and locks again after the connection was lost. Throws TSD5003 or TSD5002. */
  reconnect(): Promise<void>;
}

/** Locks the target, sweeps what dead syncs left, works, and on every way out drops what was loaded. Throws TsdbtError, with the cause within. */
export async function inSession<T, D extends SessionDeps>(
  definition: SyncDefinition,
  deps: D,
  work: (session: SyncSession<D>) => Promise<T>,
): Promise<T> {
  const phases = new Phases(definition.name, deps.emit);
  let connection = await connect(deps.postgresUrl, applicationName(definition));
  let stopListening = cancelOnAbort(connection, deps);
  let locked = false;
  const session: SyncSession<D> = {
    definition,
    deps,
    phases,
    get connection() {
      return connection;
    },
    async reconnect() {
      stopListening();
      void connection.end().catch(() => {});
      connection = await connectAgain(definition, deps);
      stopListening = cancelOnAbort(connection, deps);
    },
  };
  try {
    deps.signal?.throwIfAborted();
    await lockTarget(connection, definition.table);
    locked = true;
    await sweepLeftovers(connection, definition.table);
    return await work(session);
  } catch (error) {
    // Nothing must cancel the cleaning up.
    stopListening();
    if (locked) await dropTemporary(connection, definition, deps);
    throw failed(definition, deps, error);
  } finally {
    stopListening();
    await connection.end().catch(() => {});
  }
}

function applicationName({ name }: SyncDefinition): string {
  return `tsdbt sync ${name}`;
}

/** A server that starts again, and the lock of a session that it has not yet missed, need a while. */
const AGAIN_SECONDS = 30;

async function connectAgain(definition: SyncDefinition, deps: SessionDeps): Promise<Connection> {
  const deadline = Date.now() + AGAIN_SECONDS * 1000;
  for (;;) {
    let connection: Connection | undefined;
    try {
      connection = await connect(deps.postgresUrl, applicationName(definition));
      await lockTarget(connection, definition.table);
      return connection;
    } catch (error) {
      await connection?.end().catch(() => {});
      if (Date.now() >= deadline || deps.signal?.aborted === true) throw error;
      await sleep(500);
    }
  }
}

export async function setStatementTimeout({ connection }: SyncSession<SessionDeps>, seconds: number): Promise<void> {
  await connection.query(`set statement_timeout = ${Math.round(seconds * 1000)}`);
}

/** Throws what a plan found wrong, all of it at once. */
export function refuse(definition: SyncDefinition, problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new TsdbtError({
    code: 'TSD5001',
    message: `sync ${definition.name} cannot run:\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
    at: definition.at,
  });
}

const AS_BEFORE = 'the target is as it was before';

const CANCEL_AGAIN_MS = 200;

/**
 * An abort must also reach a statement that runs in Postgres, which only another session can cancel. It does so until
 * the sync stops: a statement may be on its way to the server still, and a backend without one takes no notice.
 */
function cancelOnAbort(connection: Connection, { signal, postgresUrl }: SessionDeps): () => void {
  const { processID } = connection as Connection & { readonly processID: number };
  let stopped = false;
  const onAbort = async () => {
    const other = await connect(postgresUrl, 'tsdbt cancel').catch(() => undefined);
    while (other !== undefined && !stopped) {
      await other.query('select pg_cancel_backend($1)', [processID]).catch(() => {});
      await sleep(CANCEL_AGAIN_MS);
    }
    await other?.end().catch(() => {});
  };
  signal?.addEventListener('abort', onAbort);
  return () => {
    stopped = true;
    signal?.removeEventListener('abort', onAbort);
  };
}

/** With it go materialized views that were made over it. The session may be gone with whatever failed; then another one cleans up. What it cannot, the next sync sweeps. */
async function dropTemporary(connection: Connection, { table }: SyncDefinition, deps: SessionDeps): Promise<void> {
  const temporary = quoteName(temporaryName(table, deps.invocationId));
  const sql = `rollback; set statement_timeout = 10000; set lock_timeout = 5000; drop table if exists ${temporary} cascade`;
  try {
    await connection.query(sql);
  } catch {
    const other = await connect(deps.postgresUrl, 'tsdbt cleanup').catch(() => undefined);
    await other?.query(sql).catch(() => {});
    await other?.end().catch(() => {});
  }
}

function failed(definition: SyncDefinition, { signal }: SessionDeps, error: unknown): TsdbtError {
  // What an abort makes of a statement is nobody's mistake; what we said ourselves stands.
  if (signal?.aborted === true && !(isTsdbtError(error) && error.code.startsWith('TSD5'))) {
    const { name, at } = definition;
    return new TsdbtError({
      code: 'TSD5002',
      message: `sync ${name} was cancelled`,
      at,
      hint: AS_BEFORE,
      cause: error,
    });
  }
  if (isTsdbtError(error)) return error;
  const { message, detail, where } = error as Error & { detail?: string; where?: string };
  const more = [detail, where].filter(Boolean).map((line) => `\n  ${line}`);
  return new TsdbtError({
    code: 'TSD5002',
    message: `sync ${definition.name} failed: ${message}${more.join('')}`,
    at: definition.at,
    hint: AS_BEFORE,
    cause: error,
  });
}
