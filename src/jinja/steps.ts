import { JinjaError } from './errors.ts';

/**
 * What keeps a template from running for ever: it may take so many steps (rounds of a loop, calls of macros, items of an
 * endless iterator) at a stretch, that is until it ends or waits for the database. One count serves the process, since one
 * template runs at a time.
 */
let limit = 20_000_000;
let left = limit;
let running = 0;

/** Raises or lowers the limit; 0 takes it away. */
export function limitSteps(steps: number): void {
  limit = steps === 0 ? Number.POSITIVE_INFINITY : steps;
  left = limit;
}

/** One step; an error where it is one too many. */
export function step(): void {
  if (--left >= 0) return;
  throw new JinjaError(
    'TemplateRuntimeError',
    `the template took more than ${limit} steps without an end (--template-steps raises the limit)`,
  );
}

/** Several steps at once. */
export function steps(count: number): void {
  left -= count;
  if (left < 0) step();
}

/** Runs a stretch; one inside another counts on. */
export function stretch<T>(run: () => T): T {
  if (running === 0) left = limit;
  running++;
  try {
    return run();
  } finally {
    running--;
  }
}
