import type { LineageData } from '../../format/lineage.ts';
import type { Model } from '../data/model.ts';
import type { Drawing, Edge } from '../graph/items.ts';
import { type ColumnRef, reachOf, sourcesIn, usersIn } from './trace.ts';

/** The nodes that a column passes through, with a row for each column on its way. */
export function columnDrawing(model: Model, data: LineageData, start: ColumnRef): Drawing {
  const { columns, edges } = reachOf(start, sourcesIn(data), usersIn(data));
  const rows = new Map<number, string[]>();
  for (const { node, column } of columns) {
    const list = rows.get(node) ?? [];
    rows.set(node, list);
    if (!list.includes(column)) list.push(column);
  }
  const nodes = [...rows.keys()].sort((a, b) => a - b);
  // Where it leaves the project: what reads the last ones without columns of its own.
  const ends = [...new Set(nodes.flatMap((node) => model.children[node] ?? []))].filter((one) =>
    ['exposure', 'sync'].includes(model.nodes[one]?.type ?? ''),
  );
  const all = [...nodes, ...ends];
  const itemOf = new Map(all.map((node, item) => [node, item]));
  const drawn = edges.map(
    ({ from, to, kind }): Edge => ({
      from: itemOf.get(from.node) ?? 0,
      to: itemOf.get(to.node) ?? 0,
      fromRow: rows.get(from.node)?.indexOf(from.column) ?? -1,
      toRow: rows.get(to.node)?.indexOf(to.column) ?? -1,
      kind,
    }),
  );
  const leaving = ends.flatMap((end) =>
    (model.nodes[end]?.parents ?? [])
      .filter((parent) => rows.has(parent))
      .map(
        (parent): Edge => ({
          from: itemOf.get(parent) ?? 0,
          to: itemOf.get(end) ?? 0,
          fromRow: -1,
          toRow: -1,
          kind: '',
        }),
      ),
  );
  return {
    items: all.map((node) => ({
      key: model.nodes[node]?.id ?? '',
      label: model.nodes[node]?.name ?? '',
      node,
      members: [node],
      rows: rows.get(node) ?? [],
    })),
    edges: [...drawn, ...leaving].filter(({ from, to }) => from !== to),
    hidden: all.map(() => [0, 0]),
  };
}
