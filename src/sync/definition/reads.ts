import type { TableName } from '../plan/names.ts';
import type { SyncDefinition } from '../types.ts';

export interface ReadName {
  readonly kind: 'ref' | 'source';
  /** Package of a ref, name of a source. */
  readonly of: string | null;
  readonly name: string;
}

const CALL = /\b(ref|source)\(\s*(['"])([^'"]+)\2\s*(?:,\s*(['"])([^'"]+)\4\s*)?\)/g;

/** The models and sources that a sync reads. */
export function readsOf({ source }: SyncDefinition): ReadName[] {
  if (source.kind === 'ref') return [{ kind: 'ref', of: source.package, name: source.name }];
  return [...source.sql.matchAll(CALL)].map(([, kind, , first, , second]) =>
    second === undefined
      ? { kind: kind as ReadName['kind'], of: null, name: first! }
      : { kind: kind as ReadName['kind'], of: first!, name: second },
  );
}

/** The relation that readers know. */
export function readersTable({ front, table }: SyncDefinition): TableName {
  return front?.name ?? table;
}
