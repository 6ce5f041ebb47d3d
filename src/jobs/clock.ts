import type { Clock } from './types.ts';

/** The machine's clock, moved so that it shows `start` now. */
export function realClock(start: Date): Clock {
  const began = performance.now();
  return {
    now: () => start.getTime() + Math.round(performance.now() - began),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const done = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', done);
          resolve();
        };
        // setTimeout fires at once for what does not fit into 31 bits.
        const timer = setTimeout(done, Math.min(ms, 2 ** 31 - 1));
        signal?.addEventListener('abort', done);
      }),
  };
}
