/** What an answer, or none, means for a batch. */
export type Verdict =
  /** It is done. */
  | 'taken'
  /** It may go better later. */
  | 'again'
  /** Something in it is wrong, so that it can never be taken whole. */
  | 'refused'
  /** The service does not let us, or is not there: no row's fault, and no use to go on. */
  | 'closed';

const AGAIN = new Set([408, 409, 425, 429]);
const REFUSED = new Set([400, 413, 422]);

/** `status`: undefined where no answer came. 409 is a service that is still at work on the same batch. */
export function verdictOf(status: number | undefined): Verdict {
  if (status === undefined || status >= 500 || AGAIN.has(status)) return 'again';
  if (status >= 200 && status < 300) return 'taken';
  return REFUSED.has(status) ? 'refused' : 'closed';
}

const LONGEST_S = 60;

/** Seconds before the next request, after `tries` of them: what the service asks for, else 1, 2, 4 … */
export function pauseAfter(tries: number, retryAfter: string | null, now: number): number {
  const asked = retryAfter === null ? undefined : secondsOf(retryAfter.trim(), now);
  return Math.max(asked ?? 0, Math.min(2 ** (tries - 1), LONGEST_S));
}

/** Retry-After is a number of seconds or a date. */
function secondsOf(text: string, now: number): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now) / 1000);
}
