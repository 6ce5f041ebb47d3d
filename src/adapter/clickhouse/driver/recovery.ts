import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseError } from './database-error.ts';
import { cancelledError, classify, connectError, lostError } from './failure.ts';
import { isHarmlessTwice, isReading, mayPass } from './transient.ts';
import { type Asked, findFate } from './verdict.ts';
import type { WireRequest } from './wire.ts';

/** So often a statement is sent again; the pauses between are 0.5, 1, 2, 4 and 8 seconds. */
const TIMES = 5;
const FIRST_PAUSE_MS = 500;

/** A statement that did not end as it should, and what may be done about it. */
export interface Trouble {
  readonly request: WireRequest;
  readonly url: string;
  readonly asked: Asked;
  /** False where the data sent with the statement is gone. */
  readonly canRepeat: boolean;
  /** How often it was sent again already. */
  readonly times: number;
  readonly abort: AbortSignal | undefined;
  readonly notice: (text: string) => void;
}

/**
 * What to do after an error: `again` where the statement has no effect yet, or none that a second run would add to; `done`
 * where it took effect and only its answer was lost. Throws what is to be told otherwise.
 */
export async function recover(error: unknown, trouble: Trouble): Promise<'again' | 'done'> {
  const { request, abort } = trouble;
  const failure = classify(error, request.queryId);
  if (failure.kind === 'connect') throw error;
  if (failure.kind === 'server') return await afterRefusal(failure.error, trouble);
  if (abort?.aborted) throw cancelledError(request.queryId, failure.cause);
  const verdict = await findFate(trouble.asked, request.sql, request.queryId, abort);
  if (abort?.aborted) throw cancelledError(request.queryId, failure.cause);
  if (verdict.fate === 'failed') return await afterRefusal(verdict.error, trouble);
  if (verdict.fate === 'gone' && trouble.asked.singleServer) {
    throw connectError(trouble.url, verdict.cause, request.queryId, true);
  }
  if (verdict.fate === 'finished' && !isReading(request.sql)) return 'done';
  const harmless = isHarmlessTwice(request.sql) || verdict.fate === 'absent';
  if (!harmless || !trouble.canRepeat || trouble.times >= TIMES) {
    throw lostError(trouble.url, failure.cause, request.queryId);
  }
  return 'again';
}

/** The server said no; it may say yes a little later. */
async function afterRefusal(error: DatabaseError, trouble: Trouble): Promise<'again'> {
  const { canRepeat, times, abort, request } = trouble;
  const info = error.databaseError;
  if (!canRepeat || times >= TIMES || abort?.aborted || !mayPass(info, request.sql)) throw error;
  const pause = FIRST_PAUSE_MS * 2 ** times;
  trouble.notice(
    `ClickHouse says ${info.name}: the statement is sent again in ${pause / 1000} s (${times + 1} of ${TIMES}).`,
  );
  await sleep(pause, undefined, abort === undefined ? {} : { signal: abort }).catch(() => {});
  if (abort?.aborted) throw cancelledError(request.queryId, error);
  return 'again';
}
