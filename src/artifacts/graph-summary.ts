import { join } from 'node:path';
import { writeWhole } from './json-file.ts';

/** A graph as far as its summary shows it. */
export interface SummarizedGraph {
  /** Each node's unique_id, and those of the nodes that read it. */
  readonly nodes: Iterable<readonly [id: string, type: string, children: readonly string[]]>;
}

/** graph_summary.json: names, types and edges of the graphs that the command made, by dbt's names for them. */
export function writeGraphSummary(
  targetPath: string,
  invocationId: string,
  graphs: Readonly<Record<string, SummarizedGraph>>,
): void {
  const parts = Object.entries(graphs).map(([name, graph]) => [name, summaryOf(graph)]);
  const summary = { _invocation_id: invocationId, ...Object.fromEntries(parts) };
  writeWhole(join(targetPath, 'graph_summary.json'), [JSON.stringify(summary)]);
}

function summaryOf({ nodes }: SummarizedGraph): Readonly<Record<string, unknown>> {
  const all = [...nodes];
  const places = new Map(all.map(([id], index) => [id, index]));
  return Object.fromEntries(
    all.map(([name, type, children], index) => {
      const succ = children.map((child) => places.get(child));
      return [index, { name, type, ...(succ.length > 0 && { succ }) }];
    }),
  );
}
