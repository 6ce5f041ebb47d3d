import type { CheckResult, ColumnUse } from '../types.ts';
import { distinctUses } from './keys.ts';
import type { Kind } from './uses.ts';

/** A column on a way through the graph, and what comes next on it. */
export interface Step {
  readonly node: string;
  readonly column: string;
  /** Undefined for the column that was asked about. */
  readonly kind: Kind | undefined;
  /** Undefined where the engine did not type it. */
  readonly type: string | undefined;
  readonly next: readonly Step[];
  /** Its ways are already shown further up. */
  readonly repeated: boolean;
}

export type Direction = 'up' | 'down';

/** A column as a key. */
const keyOf = ({ node, column }: Pick<ColumnUse, 'node' | 'column'>): string => `${node}\n${column}`;

/**
 * Where a column comes from (`up`) or what it reaches (`down`), by every way.
 * @param withRows follows what only decides on rows (filters, joins, groups, order) too
 */
export function traceColumn(
  nodes: CheckResult['nodes'],
  from: Pick<ColumnUse, 'node' | 'column'>,
  { direction, withRows }: { readonly direction: Direction; readonly withRows: boolean },
): Step {
  const next = direction === 'up' ? upwards(nodes, withRows) : downwards(nodes, withRows);
  const shown = new Set<string>();
  return step(from, undefined);

  function step({ node, column }: Pick<ColumnUse, 'node' | 'column'>, kind: Kind | undefined): Step {
    const type = nodes.get(node)?.columns.find(({ name }) => name === column)?.type;
    const key = keyOf({ node, column });
    const repeated = shown.has(key);
    shown.add(key);
    const uses = next({ node, column });
    return {
      node,
      column,
      kind,
      type,
      repeated: repeated && uses.length > 0,
      next: repeated ? [] : uses.map((use) => step(use, use.kind)),
    };
  }
}

/**
 * The nodes that columns reach or come from, by values and by rows.
 * @param depth steps at most; null: any number
 */
export function relatedNodes(
  nodes: CheckResult['nodes'],
  from: readonly Pick<ColumnUse, 'node' | 'column'>[],
  direction: Direction,
  depth: number | null,
): ReadonlySet<string> {
  const next = direction === 'up' ? upwards(nodes, true) : downwards(nodes, true);
  const seen = new Set(from.map(keyOf));
  const found = new Set<string>();
  let front = from;
  for (let step = 0; front.length > 0 && (depth === null || step < depth); step++) {
    const further = front.flatMap(next).filter((use) => !seen.has(keyOf(use)));
    for (const use of further) {
      seen.add(keyOf(use));
      found.add(use.node);
    }
    front = further;
  }
  return found;
}

type Next = (from: Pick<ColumnUse, 'node' | 'column'>) => readonly ColumnUse[];

function upwards(nodes: CheckResult['nodes'], withRows: boolean): Next {
  return ({ node, column }) => {
    const lineage = nodes.get(node)?.lineage;
    const own = lineage?.columns.get(column)?.sources ?? [];
    return (withRows ? distinctUses([...own, ...(lineage?.rows.sources ?? [])]) : own).filter(
      (use) => use.node !== node,
    );
  };
}

/** Where a column only decides on the rows of a node, that reaches the node as a whole: its column is `*`. */
function downwards(nodes: CheckResult['nodes'], withRows: boolean): Next {
  const reached = new Map<string, ColumnUse[]>();
  const add = (use: ColumnUse, to: ColumnUse): void => {
    if (use.node === to.node) return;
    const key = keyOf(use);
    reached.set(key, [...(reached.get(key) ?? []), to]);
  };
  for (const [node, { lineage }] of nodes) {
    for (const [column, { sources }] of lineage?.columns ?? []) {
      for (const use of sources) add(use, { node, column, kind: use.kind });
    }
    if (withRows) for (const use of lineage?.rows.sources ?? []) add(use, { node, column: '*', kind: use.kind });
  }
  return (from) => (from.column === '*' ? wholeReaders(nodes, from.node) : (reached.get(keyOf(from)) ?? []));
}

/** Where the rows of a node change, those of all that read it may. */
function wholeReaders(nodes: CheckResult['nodes'], read: string): readonly ColumnUse[] {
  const readers = [...nodes].filter(([node, { lineage }]) => node !== read && lineage?.reads.includes(read));
  return readers.map(([node]) => ({ node, column: '*', kind: 'filter' }));
}
