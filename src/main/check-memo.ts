import type { Memo, Remembered } from '../check/index.ts';
import type { Session } from './open-project.ts';
import type { Request } from './request.ts';

/** Entries that checks of parts of the project leave. */
const MOST = 20_000;

type Lineage = NonNullable<Remembered['lineage']>;

/** As it is kept: without maps. */
interface Kept extends Omit<Remembered, 'lineage'> {
  readonly lineage?: Omit<Lineage, 'columns'> & { readonly columns: [string, Lineage['rows']][] };
}

/** What was found for a part of the project must not take the place of what is known of all of it. */
export function isPartial({ given }: Request): boolean {
  return ['select', 'exclude', 'selector'].some((key) => given[key] !== undefined);
}

/** What earlier checks of this project found, kept below `.tsdbt/check`; `--no-partial-parse` forgets it. */
export async function openMemo({ project, request }: Session): Promise<Memo & { write(): void }> {
  const { readCheckMemo, writeCheckMemo } = await import('../artifacts/index.ts');
  const mayRead = project.flags['partial_parse'] !== false;
  const before = (mayRead ? readCheckMemo(project.statePath) : new Map()) as ReadonlyMap<string, Kept>;
  const used = new Map<string, Kept>();
  let isNew = false;
  return {
    get(key) {
      const kept = used.get(key) ?? before.get(key);
      if (kept === undefined) return undefined;
      used.set(key, kept);
      const { lineage } = kept;
      return { ...kept, lineage: lineage && { ...lineage, columns: new Map(lineage.columns) } };
    },
    set(key, { lineage, ...found }) {
      isNew = true;
      used.set(key, { ...found, ...(lineage && { lineage: { ...lineage, columns: [...lineage.columns] } }) });
    },
    write() {
      if (!isNew) return;
      // A check of everything knows what is still of use; one of a part does not.
      const isWhole = request.which === 'check' && !isPartial(request);
      writeCheckMemo(project.statePath, isWhole ? used : [...before, ...used].slice(-MOST));
    },
  };
}
