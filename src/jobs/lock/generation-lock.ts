import { isDead, thisProcess, type Uptime } from './process.ts';
import type { Acquired, HeldLock, Holder, LockStore } from './types.ts';

/** Locks written down one after another: of a job, the highest generation is the lock. */
export interface Generations {
  /** Milliseconds since 1970, by the clock that all who lock here share; the generations there are, and who holds the highest. */
  read(job: string): Promise<Generation>;
  /** Whole or not at all, by one only: false where it is there already. */
  create(job: string, generation: number, holder: Holder): Promise<boolean>;
  replace(job: string, generation: number, holder: Holder): Promise<void>;
  /** What is gone already is no error. */
  remove(job: string, generation: number): Promise<void>;
}

export interface Generation {
  readonly now: number;
  readonly all: readonly number[];
  /** Undefined where there is none. */
  readonly holder: Holder | undefined;
}

/**
 * Whoever makes generation N + 1, which only one can, has the lock: so a dead holder's lock is never removed under a
 * living one's feet.
 * @param lease milliseconds after which a holder that does not renew is taken for dead
 * @param uptime where the clock of `read` is this machine's own, and so may jump
 */
export function generationLocks(store: Generations, lease: number, uptime?: Uptime): LockStore {
  const isGone = (holder: Holder, now: number): boolean => isDead(holder, now, uptime);
  const untilFrom = (now: number) => ({
    expires: now + lease,
    uptime: uptime === undefined ? null : uptime() + lease / 1000,
  });
  return {
    async acquire(job, runId): Promise<Acquired> {
      const { now, all, holder } = await store.read(job);
      if (holder !== undefined && !isGone(holder, now)) return { holder };
      const mine = highest(all) + 1;
      const since = new Date(now).toISOString();
      const us: Holder = { runId, ...thisProcess(), since, ...untilFrom(now), released: false };
      if (!(await store.create(job, mine, us))) return { holder: (await store.read(job)).holder ?? us };
      const after = await store.read(job);
      if (highest(after.all) > mine) {
        // We were so slow that others came, went and swept: what we made is no lock.
        await store.remove(job, mine);
        return { holder: after.holder ?? us };
      }
      for (const old of after.all) if (old < mine) await store.remove(job, old);
      const tookOver = holder === undefined || holder.released ? undefined : holder;
      return { lock: held(job, mine, us, tookOver) };
    },
    async holder(job) {
      const { now, holder } = await store.read(job);
      return holder === undefined || isGone(holder, now) ? undefined : holder;
    },
  };

  function held(job: string, mine: number, us: Holder, tookOver: Holder | undefined): HeldLock {
    const nowIfOurs = async (): Promise<number | undefined> => {
      const { now, all } = await store.read(job);
      return highest(all) === mine ? now : undefined;
    };
    return {
      tookOver,
      async renew() {
        const now = await nowIfOurs();
        if (now === undefined) return false;
        await store.replace(job, mine, { ...us, ...untilFrom(now) });
        return (await nowIfOurs()) !== undefined;
      },
      async release() {
        if ((await nowIfOurs()) !== undefined) await store.replace(job, mine, { ...us, released: true });
      },
    };
  }
}

function highest(generations: readonly number[]): number {
  return Math.max(0, ...generations);
}
