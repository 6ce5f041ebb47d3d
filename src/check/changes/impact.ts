import { type Step, traceColumn } from '../lineage/trace.ts';
import type { TypedNode } from '../types.ts';
import type { Change } from './compare.ts';

/** What reads nodes from outside of the graph's SQL: an exposure, a sync. */
export interface Consumer {
  readonly id: string;
  /** What people call it: `exposure search`, `sync leaderboard`. */
  readonly label: string;
  /** unique_ids it reads. */
  readonly reads: readonly string[];
  /** Columns it takes; undefined where it takes all, or does not say. */
  readonly columns?: ReadonlySet<string>;
}

/** Who feels a change. */
export interface Impact {
  readonly change: Change;
  /** Columns behind it, `*` where only the rows of a node are decided by it; the nearest first. */
  readonly columns: readonly { readonly node: string; readonly column: string }[];
  readonly consumers: readonly Consumer[];
}

type Nodes = ReadonlyMap<string, TypedNode>;

/** Follows each change to the last column, exposure and sync, along what was read before and what is read now. */
export function impactOf(
  changes: readonly Change[],
  nodes: { readonly before: Nodes; readonly after: Nodes },
  consumers: readonly Consumer[],
): readonly Impact[] {
  return changes.map((change) => {
    const columns = change.column === undefined ? [] : reached(change.node, change.column, nodes);
    const names = new Map<string, Set<string>>([
      [change.node, new Set(change.column === undefined ? [] : [change.column])],
    ]);
    for (const { node, column } of columns) names.set(node, (names.get(node) ?? new Set()).add(column));
    const felt = consumers.filter((consumer) => consumer.reads.some((id) => isFelt(consumer, names.get(id), change)));
    return { change, columns, consumers: change.kind === 'node added' || change.kind === 'added' ? [] : felt };
  });
}

function isFelt({ columns }: Consumer, changed: ReadonlySet<string> | undefined, { column }: Change): boolean {
  if (changed === undefined) return false;
  if (columns === undefined || column === undefined || changed.has('*')) return true;
  return [...changed].some((name) => columns.has(name));
}

function reached(node: string, column: string, { before, after }: { readonly before: Nodes; readonly after: Nodes }) {
  const found = new Map<string, { readonly node: string; readonly column: string }>();
  for (const nodes of [before, after]) {
    const root = traceColumn(nodes, { node, column }, { direction: 'down', withRows: true });
    for (let level: readonly Step[] = root.next; level.length > 0; level = level.flatMap(({ next }) => next)) {
      for (const step of level) found.set(`${step.node}\n${step.column}`, { node: step.node, column: step.column });
    }
  }
  return [...found.values()];
}
