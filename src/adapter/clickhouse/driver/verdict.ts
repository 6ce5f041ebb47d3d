import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import { type DatabaseError, isDatabaseError } from './database-error.ts';
import { literal } from './literal.ts';
import { parseServerError, statementError } from './server-error.ts';
import { ask } from './wire.ts';

/** What became of a statement whose connection was lost. */
export type Verdict =
  | { readonly fate: 'finished' }
  | { readonly fate: 'failed'; readonly error: DatabaseError }
  /** The server's log does not know it. */
  | { readonly fate: 'absent' }
  | { readonly fate: 'unknown' };

const ASK_AGAIN_MS = 500;
/** The log's default interval is 7.5 s: without the right to flush it, its entries come after that. */
const LOG_DELAY_MS = 9000;

interface Asked {
  readonly client: ClickHouseClient;
  readonly cluster: string | undefined;
  /** How long the server may be away before we stop asking it, in milliseconds. */
  readonly patienceMs: number;
}

/** Waits while the statement runs on the server, then reads from the server's log how it ended. */
export async function findFate(asked: Asked, sql: string, queryId: string, signal?: AbortSignal): Promise<Verdict> {
  const table = (name: string): string =>
    asked.cluster === undefined ? `system.${name}` : `clusterAllReplicas(${literal(asked.cluster)}, system.${name})`;
  const id = literal(queryId);
  const running = `SELECT count() FROM ${table('processes')} WHERE query_id = ${id}`;
  const logged = `SELECT toString(type), exception FROM ${table('query_log')} WHERE query_id = ${id} AND event_date >= yesterday() AND type != 'QueryStart' LIMIT 1`;
  const started = `SELECT count() FROM ${table('query_log')} WHERE query_id = ${id} AND event_date >= yesterday()`;
  const rows = (question: string) => ask(asked.client, question, randomUUID());
  try {
    while (Number((await persistently(asked.patienceMs, () => rows(running)))[0]?.[0]) > 0) {
      if (signal?.aborted) return { fate: 'unknown' };
      await sleep(ASK_AGAIN_MS);
    }
    await rows('SYSTEM FLUSH LOGS').catch(() => sleep(LOG_DELAY_MS));
    const [entry] = await rows(logged);
    if (entry === undefined) {
      // Begun but neither running nor ended: the server itself was restarted under it.
      return Number((await rows(started))[0]?.[0]) > 0 ? { fate: 'unknown' } : { fate: 'absent' };
    }
    if (entry[0] === 'QueryFinish') return { fate: 'finished' };
    const info = parseServerError(String(entry[1]), sql, queryId);
    return info === undefined ? { fate: 'unknown' } : { fate: 'failed', error: statementError(info) };
  } catch {
    return { fate: 'unknown' };
  }
}

/** Asks again while the server cannot be reached. */
async function persistently<T>(patienceMs: number, question: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await question();
    } catch (error) {
      if (isDatabaseError(error) || Date.now() > deadline) throw error;
      await sleep(ASK_AGAIN_MS);
    }
  }
}
