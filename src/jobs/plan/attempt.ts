import { type Window, windowAt } from './window.ts';

/** Why a run that failed is not tried again, or when it is (milliseconds since 1970). */
export type Retry = { readonly at: number } | { readonly reason: string };

export interface RetryQuestion {
  readonly attempt: number;
  readonly retry: { readonly times: number; readonly delay: number };
  readonly skip: readonly Window[];
  readonly deadline: number;
  readonly now: number;
}

/** A try that would begin inside a skip window or after the time limit is none. `attempt` counts from 1. */
export function planRetry({ attempt, retry, skip, deadline, now }: RetryQuestion): Retry {
  if (attempt > retry.times) return { reason: retry.times === 0 ? 'no retry is wanted' : 'no retry is left' };
  const at = now + retry.delay * 1000;
  if (at >= deadline) return { reason: 'a retry would begin after the time limit' };
  return windowAt(skip, at) === undefined ? { at } : { reason: 'a retry would begin inside a skip window' };
}
