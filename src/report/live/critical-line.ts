import { duration } from '../duration.ts';
import type { CriticalPath } from '../watched.ts';

/** Less than that and nobody waited for it. */
const WORTH_MS = 2000;
const MOST_NAMES = 5;

/** `critical path 1:58: a > b > c; with 16 threads about 2:02`; undefined where the run was short or nothing waited for another. */
export function criticalLine({ names, ms, threads, withThreads }: CriticalPath): string | undefined {
  if (ms < WORTH_MS || names.length < 2) return undefined;
  const shown = names.length <= MOST_NAMES ? names : [...names.slice(0, 2), '..', ...names.slice(-2)];
  const faster = withThreads === undefined ? '' : `; with ${threads} threads about ${duration(withThreads)}`;
  return `critical path ${duration(ms)}: ${shown.join(' > ')}${faster}`;
}
