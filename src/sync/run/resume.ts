import { setTimeout as sleep } from 'node:timers/promises';
import { isTsdbtError } from '../../error/index.ts';
import type { SyncPhase } from '../types.ts';
import type { SessionDeps, SyncSession } from './session.ts';

/**
 * Runs one step; where the connection is lost or a server goes away, it waits, connects again and goes on at this step,
 * as often as `retry.times` says. `again` is true then: what the step did before may have been done.
 */
export async function resumable<T, D extends SessionDeps>(
  session: SyncSession<D>,
  phase: SyncPhase,
  step: (again: boolean) => Promise<T>,
): Promise<T> {
  const { definition, deps, phases } = session;
  const { times, delay } = definition.retry;
  for (let tries = 0; ; tries++) {
    try {
      deps.signal?.throwIfAborted();
      return await step(tries > 0);
    } catch (error) {
      if (tries >= times || !isLoss(error) || deps.signal?.aborted === true) throw error;
      const why = (error as Error).message.split('\n')[0];
      phases.say(phase, 'progress', 0, { message: `connection lost (${why}): it goes on at this step in ${delay} s` });
      await sleep(delay * 1000, undefined, { signal: deps.signal });
      await session.reconnect();
    }
  }
}

/** Lost connections (no code, or class 08) and a server that stops, has crashed, or starts again. */
const LOST = /^(08|57P0[123])/;
const BROKEN = /^Connection terminated|^Client has encountered a connection error|ECONNRESET|EPIPE/;

function isLoss(error: unknown): boolean {
  if (isTsdbtError(error)) return error.code === 'TSD3002' || error.code === 'TSD5003';
  const { code, message } = error as { code?: string; message: string };
  return LOST.test(code ?? '') || BROKEN.test(message) || code === 'ECONNRESET' || code === 'EPIPE';
}

const ALREADY_THERE = new Set(['42P07', '42710', '42P16']);

/** Runs statements one by one, each once, over all tries of a step: the one that was cut short may have been done. */
export async function eachOnce(
  { connection, deps }: SyncSession<SessionDeps>,
  statements: readonly string[],
  done: Set<string>,
  again: boolean,
): Promise<void> {
  for (const sql of statements) {
    if (done.has(sql)) continue;
    deps.signal?.throwIfAborted();
    await unlessThere(again, () => connection.query(sql));
    done.add(sql);
  }
}

export async function unlessThere(again: boolean, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!again || !ALREADY_THERE.has((error as { code?: string }).code ?? '')) throw error;
  }
}
