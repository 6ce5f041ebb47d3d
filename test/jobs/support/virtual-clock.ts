import type { Clock } from '../../../src/jobs/index.ts';

interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Time that passes only when nobody has anything left to do, what is done in earnest (`during`) included. */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #sleepers: Sleeper[] = [];
  readonly #working = new Set<Promise<unknown>>();

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const sleeper: Sleeper = {
        at: this.#now + ms,
        order: this.#order++,
        wake: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      const onAbort = (): void => {
        const i = this.#sleepers.indexOf(sleeper);
        if (i >= 0) this.#sleepers.splice(i, 1);
        resolve();
      };
      signal?.addEventListener('abort', onAbort);
      const after = this.#sleepers.findIndex(({ at }) => at > sleeper.at);
      if (after < 0) this.#sleepers.push(sleeper);
      else this.#sleepers.splice(after, 0, sleeper);
    });
  }

  /** Time stands still while this is done. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#working.add(work);
    try {
      return await work;
    } finally {
      this.#working.delete(work);
    }
  }

  /** Lets time pass until the work is done. */
  async until<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const finish = (): void => {
      done = true;
    };
    work.then(finish, finish);
    for (;;) {
      await new Promise(setImmediate);
      if (done) return work;
      if (this.#working.size > 0) {
        await Promise.allSettled([Promise.race(this.#working)]);
        continue;
      }
      const next = this.#sleepers.shift();
      if (next === undefined) throw new Error('the work waits for something that never comes');
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
  }
}
