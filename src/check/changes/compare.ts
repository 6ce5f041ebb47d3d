import type { Column, NodeLineage, Origin, TypedNode } from '../types.ts';

/** What became of a column, or of a node as a whole. */
export type ChangeKind =
  | 'node added'
  | 'node removed'
  | 'added'
  | 'removed'
  | 'renamed'
  | 'retyped'
  | 'expression changed'
  | 'rows changed';

export interface Change {
  readonly node: string;
  /** Undefined where it is about the node. */
  readonly column: string | undefined;
  readonly kind: ChangeKind;
  /** Names or types. */
  readonly from?: string;
  readonly to?: string;
  /** Whether what was written against the node as it was may fail now. */
  readonly class: 'breaking' | 'non-breaking';
}

type Nodes = ReadonlyMap<string, TypedNode>;

const BREAKING: ReadonlySet<ChangeKind> = new Set(['node removed', 'removed', 'renamed', 'retyped']);

/** Compares nodes as they were with nodes as they are, column by column; of what either side has not typed nothing is said. */
export function compareNodes(before: Nodes, after: Nodes): readonly Change[] {
  const changes: Change[] = [];
  for (const [id, now] of after) {
    const was = before.get(id);
    if (was === undefined) changes.push(change(id, undefined, 'node added'));
    else if (was.state === 'typed' && now.state === 'typed') changes.push(...compareNode(id, was, now));
  }
  for (const id of before.keys()) if (!after.has(id)) changes.push(change(id, undefined, 'node removed'));
  return changes;
}

/** Nodes whose columns have other names or types, or that are new; and those not typed on both sides, of which that cannot be told. */
export function schemaChanges(
  before: Nodes,
  after: Nodes,
): { readonly changed: ReadonlySet<string>; readonly unknown: ReadonlySet<string> } {
  const ids = [...after.keys()];
  const isKnown = (id: string): boolean => after.get(id)!.state === 'typed' && before.get(id)?.state === 'typed';
  const isOther = (id: string): boolean => !isSameShape(before.get(id)!.columns, after.get(id)!.columns);
  return {
    changed: new Set(ids.filter((id) => !before.has(id) || (isKnown(id) && isOther(id)))),
    unknown: new Set(ids.filter((id) => before.has(id) && !isKnown(id))),
  };
}

function isSameShape(a: readonly Column[], b: readonly Column[]): boolean {
  return a.length === b.length && a.every(({ name, type }, i) => b[i]!.name === name && b[i]!.type === type);
}

function compareNode(id: string, was: TypedNode, now: TypedNode): readonly Change[] {
  const left = new Map(was.columns.map((column) => [column.name, column]));
  const added: Column[] = [];
  const changes: Change[] = [];
  for (const column of now.columns) {
    const old = left.get(column.name);
    left.delete(column.name);
    if (old === undefined) added.push(column);
    else if (old.type !== column.type)
      changes.push(change(id, column.name, 'retyped', { from: old.type, to: column.type }));
    else if (isOther(originOf(was.lineage, column.name), originOf(now.lineage, column.name)))
      changes.push(change(id, column.name, 'expression changed'));
  }
  for (const column of added) {
    const old = [...left.values()].find((one) => isSame(was, one, now, column));
    if (old === undefined) changes.push(change(id, column.name, 'added', { to: column.type }));
    else {
      left.delete(old.name);
      changes.push(change(id, old.name, 'renamed', { from: old.name, to: column.name }));
    }
  }
  for (const { name, type } of left.values()) changes.push(change(id, name, 'removed', { from: type }));
  if (isOther(was.lineage?.rows, now.lineage?.rows)) changes.push(change(id, undefined, 'rows changed'));
  return changes;
}

/** A column that computes the same under another name was renamed. */
function isSame(was: TypedNode, old: Column, now: TypedNode, column: Column): boolean {
  const [a, b] = [originOf(was.lineage, old.name), originOf(now.lineage, column.name)];
  return a !== undefined && b !== undefined && old.type === column.type && a.signatures.join() === b.signatures.join();
}

function originOf(lineage: NodeLineage | undefined, column: string): Origin | undefined {
  return lineage?.columns.get(column);
}

/** What is known of the past may be one branch of an incremental model; then either of today's may be the same. */
function isOther(was: Origin | undefined, now: Origin | undefined): boolean {
  if (was === undefined || now === undefined) return false;
  return was.signatures.some((signature) => !now.signatures.includes(signature));
}

function change(
  node: string,
  column: string | undefined,
  kind: ChangeKind,
  more: Pick<Change, 'from' | 'to'> = {},
): Change {
  return { node, column, kind, ...more, class: BREAKING.has(kind) ? 'breaking' : 'non-breaking' };
}
