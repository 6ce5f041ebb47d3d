import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import type { DatabaseError } from './database-error.ts';
import { classify } from './failure.ts';
import { literal, quoteName } from './literal.ts';
import { findReach, NEAREST, type Reach } from './reach.ts';
import { parseServerError, statementError } from './server-error.ts';
import { ask } from './wire.ts';

/** What became of a statement whose connection was lost. */
export type Verdict =
  | { readonly fate: 'finished' }
  | { readonly fate: 'failed'; readonly error: DatabaseError }
  /** No log of a server it can have gone to knows it: it never arrived. */
  | { readonly fate: 'absent' }
  /** There is no connection to ask by. */
  | { readonly fate: 'gone'; readonly cause: Error }
  | { readonly fate: 'unknown' };

const ASK_AGAIN_MS = 500;
const LOOK_AGAIN_MS = 250;
/** The log's default interval is 7.5 s: without the right to flush it, its entries come after that. */
const LOG_DELAY_MS = 9000;
/** A server that is restarted comes back within this. */
const AWAY_AT_MOST_MS = 30_000;
/** For connections that break as this one did. */
const BROKEN_AT_MOST_MS = 30_000;

export interface Asked {
  readonly client: ClickHouseClient;
  readonly cluster: string | undefined;
  /** A private server that does not answer is gone: the next one has another port. */
  readonly singleServer: boolean;
  /** Whether the statements' own settings leave the server's log of them alone. */
  readonly logsAll: boolean;
}

type Rows = (question: string) => Promise<readonly (readonly unknown[])[]>;

/** Waits while the statement runs on the server, then reads from the server's log how it ended. */
export async function findFate(asked: Asked, sql: string, queryId: string, signal?: AbortSignal): Promise<Verdict> {
  const patienceMs = asked.singleServer ? 0 : AWAY_AT_MOST_MS;
  const rows: Rows = (question) => persistently(patienceMs, () => ask(asked.client, question, randomUUID()));
  try {
    const reach = await reachOf(asked, rows);
    const statement = { sql, queryId, signal };
    return await look(rows, reach, statement).catch((error: unknown) => {
      // Not all servers can be asked, or this user may not; ours can.
      if (reach.cluster === undefined || classify(error, queryId).kind !== 'server') throw error;
      return look(rows, NEAREST, statement);
    });
  } catch (error) {
    const failure = classify(error, queryId);
    return failure.kind === 'connect' ? { fate: 'gone', cause: failure.cause } : { fate: 'unknown' };
  }
}

async function reachOf({ singleServer, cluster, logsAll }: Asked, rows: Rows): Promise<Reach> {
  if (singleServer) return { cluster, isAll: true };
  const reach = await findReach(cluster, rows).catch((error: unknown) => {
    if (classify(error, '').kind !== 'server') throw error;
    return { ...NEAREST, cluster };
  });
  return logsAll ? reach : { ...reach, isAll: false };
}

interface Statement {
  readonly sql: string;
  readonly queryId: string;
  readonly signal: AbortSignal | undefined;
}

async function look(rows: Rows, { cluster, isAll }: Reach, { sql, queryId, signal }: Statement): Promise<Verdict> {
  const table = (name: string): string =>
    cluster === undefined ? `system.${name}` : `clusterAllReplicas(${literal(cluster)}, system.${name})`;
  const id = literal(queryId);
  const running = `SELECT count() FROM ${table('processes')} WHERE query_id = ${id}`;
  const logged = `SELECT toString(type), exception FROM ${table('query_log')} WHERE query_id = ${id} AND event_date >= yesterday() AND type != 'QueryStart' LIMIT 1`;
  const started = `SELECT count() FROM ${table('query_log')} WHERE query_id = ${id} AND event_date >= yesterday()`;
  const flush = `SYSTEM FLUSH LOGS${cluster === undefined ? '' : ` ON CLUSTER ${quoteName(cluster)}`}`;
  // Twice, because what we sent may have come in just after the first look.
  for (let times = 0; times < 2; times++) {
    while (Number((await rows(running))[0]?.[0]) > 0) {
      if (signal?.aborted) return { fate: 'unknown' };
      await sleep(ASK_AGAIN_MS);
    }
    await rows(flush).catch(() => sleep(LOG_DELAY_MS));
    const [entry] = await rows(logged);
    if (entry !== undefined) return readEntry(entry, sql, queryId);
    if (times === 0) await sleep(LOOK_AGAIN_MS);
  }
  // Begun but neither running nor ended: the server itself was restarted under it.
  if (Number((await rows(started))[0]?.[0]) > 0) return { fate: 'unknown' };
  return { fate: isAll ? 'absent' : 'unknown' };
}

function readEntry([type, exception]: readonly unknown[], sql: string, queryId: string): Verdict {
  if (type === 'QueryFinish') return { fate: 'finished' };
  const info = parseServerError(String(exception), sql, queryId);
  return info === undefined ? { fate: 'unknown' } : { fate: 'failed', error: statementError(info) };
}

/** Asks again while no answer of ClickHouse comes. Where even a connection cannot be made, `patienceMs` long. */
async function persistently<T>(patienceMs: number, question: () => Promise<T>): Promise<T> {
  const began = Date.now();
  for (;;) {
    try {
      return await question();
    } catch (error) {
      const { kind } = classify(error, '');
      const patience = kind === 'connect' ? patienceMs : BROKEN_AT_MOST_MS;
      if (kind === 'server' || Date.now() - began > patience) throw error;
      await sleep(ASK_AGAIN_MS);
    }
  }
}
