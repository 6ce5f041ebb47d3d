import type { LineageNode } from './world.ts';

/** What a lineage says a column of a source reaches. */
export interface Reach {
  /** `node\ncolumn` of those its value arrives in. */
  readonly values: ReadonlySet<string>;
  /** Nodes whose rows it decides on, so that any of their columns may be another. */
  readonly rows: ReadonlySet<string>;
}

/**
 * Follows a column through the nodes, one step at a time.
 * @param order the nodes with those they read before them
 */
export function reachOf(
  source: { readonly node: string; readonly column: string },
  order: readonly string[],
  lineage: Readonly<Record<string, LineageNode>>,
): Reach {
  const values = new Set([`${source.node}\n${source.column}`]);
  const rows = new Set<string>();
  for (const id of order) {
    const node = lineage[id]!;
    const isTouched = (use: { readonly node: string; readonly column: string }): boolean =>
      values.has(`${use.node}\n${use.column}`);
    for (const [name, { sources }] of Object.entries(node.columns)) {
      if (sources.some(isTouched)) values.add(`${id}\n${name}`);
    }
    if (node.reads.some((one) => rows.has(one)) || node.rows.sources.some(isTouched)) rows.add(id);
  }
  return { values, rows };
}
