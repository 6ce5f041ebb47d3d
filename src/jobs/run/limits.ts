import type { HeldLock } from '../lock/types.ts';
import type { Clock } from '../types.ts';

/** Why the work of a run was stopped. */
export type Stopped = 'timeout' | 'interrupted' | 'lock lost';

/** Signals that end a run's work from outside: Ctrl-C, its time limit, the loss of its lock. */
export class Limits {
  readonly #clock: Clock;
  readonly #abort = new AbortController();
  readonly #over = new AbortController();
  #stopped: Stopped | undefined;

  constructor(clock: Clock, interrupted: AbortSignal) {
    this.#clock = clock;
    const onInterrupt = (): void => this.#stop('interrupted');
    if (interrupted.aborted) onInterrupt();
    interrupted.addEventListener('abort', onInterrupt);
    this.#over.signal.addEventListener('abort', () => interrupted.removeEventListener('abort', onInterrupt));
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get stopped(): Stopped | undefined {
    return this.#stopped;
  }

  /** Keeps the lock while the run lasts. */
  renew(lock: HeldLock, every: number): void {
    const beat = async (): Promise<void> => {
      for (;;) {
        await this.#clock.sleep(every, this.#over.signal);
        if (this.#over.signal.aborted) return;
        // What keeps the file from being written (a full disk) is no reason to stop: the lease tells, when it has ended.
        if (!(await lock.renew().catch(() => true))) return this.#stop('lock lost');
      }
    };
    void beat();
  }

  /** Seconds from now on. */
  endAfter(seconds: number): void {
    void this.#clock.sleep(seconds * 1000, this.#over.signal).then(() => this.#stop('timeout'));
  }

  /** A signal that also ends after some seconds, for one step. */
  async within<T>(
    seconds: number | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<{ value: T; late: boolean }> {
    if (seconds === undefined) return { value: await work(this.signal), late: false };
    const step = new AbortController();
    const done = new AbortController();
    let late = false;
    void this.#clock.sleep(seconds * 1000, done.signal).then(() => {
      late = !done.signal.aborted;
      step.abort();
    });
    try {
      return { value: await work(AbortSignal.any([this.signal, step.signal])), late };
    } finally {
      done.abort();
    }
  }

  /** Ends the timers. */
  close(): void {
    this.#over.abort();
  }

  #stop(why: Stopped): void {
    if (this.#over.signal.aborted || this.#stopped !== undefined) return;
    this.#stopped = why;
    this.#abort.abort();
  }
}
