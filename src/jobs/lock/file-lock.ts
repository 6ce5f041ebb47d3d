import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDead, thisProcess } from './process.ts';
import type { Acquired, HeldLock, Holder, LockStore } from './types.ts';

interface FileLockOptions {
  /** Folder of the locks; made where it is missing. */
  readonly dir: string;
  /** Milliseconds after which a holder that does not renew is taken for dead. */
  readonly lease: number;
  readonly now: () => number;
}

/**
 * Locks as files `JOB.N`. The highest N is the lock, and whoever makes N + 1 by link(2), which only one can, has it: so a
 * dead holder's lock is never removed under a living one's feet. Works on every file system that knows hard links, and
 * between machines that share one and agree about the time.
 */
export function fileLocks({ dir, lease, now }: FileLockOptions): LockStore {
  mkdirSync(dir, { recursive: true });

  const read = (job: string): { readonly generation: number; readonly holder: Holder | undefined } => {
    for (;;) {
      const generation = highest(dir, job);
      if (generation === 0) return { generation, holder: undefined };
      try {
        return { generation, holder: JSON.parse(readFileSync(join(dir, `${job}.${generation}`), 'utf8')) as Holder };
      } catch (error) {
        // Swept after a higher one was made: look again.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
  };

  return {
    async acquire(job, runId): Promise<Acquired> {
      const { generation, holder } = read(job);
      if (holder !== undefined && !isDead(holder, now())) return { holder };
      const since = new Date(now()).toISOString();
      const mine: Holder = { runId, ...thisProcess(), since, expires: now() + lease, released: false };
      const path = join(dir, `${job}.${generation + 1}`);
      if (!create(path, mine)) return { holder: read(job).holder ?? mine };
      if (highest(dir, job) > generation + 1) {
        // We were so slow that others came, went and swept: what we made is no lock.
        unlinkSync(path);
        return { holder: read(job).holder ?? mine };
      }
      sweep(dir, job, generation);
      const tookOver = holder === undefined || holder.released ? undefined : holder;
      return { lock: held(path, mine, tookOver, () => highest(dir, job) === generation + 1) };
    },
    async holder(job) {
      const { holder } = read(job);
      return holder === undefined || isDead(holder, now()) ? undefined : holder;
    },
  };

  function held(path: string, mine: Holder, tookOver: Holder | undefined, isOurs: () => boolean): HeldLock {
    return {
      tookOver,
      async renew() {
        if (!isOurs()) return false;
        replace(path, { ...mine, expires: now() + lease });
        return isOurs();
      },
      async release() {
        if (isOurs()) replace(path, { ...mine, released: true });
      },
    };
  }
}

/** Whole or not at all: the file appears under its name with its content. */
function create(path: string, holder: Holder): boolean {
  const draft = `${path}~${holder.runId}`;
  writeFileSync(draft, JSON.stringify(holder));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

function replace(path: string, holder: Holder): void {
  const draft = `${path}~${holder.runId}`;
  writeFileSync(draft, JSON.stringify(holder));
  renameSync(draft, path);
}

function highest(dir: string, job: string): number {
  return Math.max(0, ...generations(dir, job));
}

function generations(dir: string, job: string): number[] {
  const prefix = `${job}.`;
  return readdirSync(dir)
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)));
}

function sweep(dir: string, job: string, below: number): void {
  for (const generation of generations(dir, job)) {
    if (generation > below) continue;
    try {
      unlinkSync(join(dir, `${job}.${generation}`));
    } catch {
      // Another has swept it.
    }
  }
}
