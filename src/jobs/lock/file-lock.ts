import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Generation, type Generations, generationLocks } from './generation-lock.ts';
import type { Holder, LockStore } from './types.ts';

interface FileLockOptions {
  /** Folder of the locks; made where it is missing. */
  readonly dir: string;
  /** Milliseconds after which a holder that does not renew is taken for dead. */
  readonly lease: number;
  readonly now: () => number;
  /** Seconds since the machine was started, where that is to be trusted more than `now`. */
  readonly uptime?: () => number;
}

/**
 * Locks as files `JOB.N`, made by link(2). Works on every file system that knows hard links, and between machines that
 * share one and agree about the time.
 */
export function fileLocks({ dir, lease, now, uptime }: FileLockOptions): LockStore {
  mkdirSync(dir, { recursive: true });
  const pathOf = (job: string, generation: number): string => join(dir, `${job}.${generation}`);
  const store: Generations = {
    async read(job): Promise<Generation> {
      for (;;) {
        const all = generations(dir, job);
        if (all.length === 0) return { now: now(), all, holder: undefined };
        try {
          const text = readFileSync(pathOf(job, Math.max(...all)), 'utf8');
          return { now: now(), all, holder: JSON.parse(text) as Holder };
        } catch (error) {
          // Swept after a higher one was made: look again.
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        }
      }
    },
    create: async (job, generation, holder) => create(pathOf(job, generation), holder),
    async replace(job, generation, holder) {
      const path = pathOf(job, generation);
      const draft = `${path}~${holder.runId}`;
      writeFileSync(draft, JSON.stringify(holder));
      renameSync(draft, path);
    },
    async remove(job, generation) {
      try {
        unlinkSync(pathOf(job, generation));
      } catch (error) {
        // Another has swept it.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    },
  };
  return generationLocks(store, lease, uptime);
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

function generations(dir: string, job: string): number[] {
  const prefix = `${job}.`;
  return readdirSync(dir)
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)));
}
