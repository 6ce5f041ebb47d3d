import { generationLocks } from './generation-lock.ts';
import type { Holder, LockStore } from './types.ts';

/** Numbered texts under a name, kept where all machines see them; creating one is what only one can do. */
export interface SharedTexts {
  list(name: string): Promise<{
    /** Milliseconds since 1970, by the clock of the keeper. */
    readonly now: number;
    readonly tables: readonly { readonly generation: number; readonly text: string }[];
  }>;
  create(name: string, generation: number, text: string): Promise<boolean>;
  write(name: string, generation: number, text: string): Promise<void>;
  drop(name: string, generation: number): Promise<void>;
}

/** Locks that hold between machines: each holder's words are a text of its own, in ClickHouse the comment of a table. */
export function sharedLocks(texts: SharedTexts, lease: number): LockStore {
  return generationLocks(
    {
      async read(job) {
        const { now, tables } = await texts.list(job);
        const top = tables.reduce<(typeof tables)[number] | undefined>(
          (best, table) => (best === undefined || table.generation > best.generation ? table : best),
          undefined,
        );
        const holder = top === undefined ? undefined : (JSON.parse(top.text) as Holder);
        return { now, all: tables.map(({ generation }) => generation), holder };
      },
      create: (job, generation, holder) => texts.create(job, generation, JSON.stringify(holder)),
      replace: (job, generation, holder) => texts.write(job, generation, JSON.stringify(holder)),
      remove: (job, generation) => texts.drop(job, generation),
    },
    lease,
  );
}
