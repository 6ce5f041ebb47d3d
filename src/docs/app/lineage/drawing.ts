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
  const ends = [...new Set(nodes.flatMap((node) => model.children[node] ?? []))].filter(
    (one) => leaves(model, data, one) && !rows.has(one),
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

/** Whether a node is outside of the project and says nothing of its columns: then all that it reads may reach it. */
export function leaves({ nodes }: Model, data: LineageData, node: number): boolean {
  return ['exposure', 'sync'].includes(nodes[node]?.type ?? '') && data.nodes[node] === undefined;
}

/** So many columns of a box are drawn. */
const MOST_ROWS = 12;

/** The same boxes with their columns, those first that another box here uses or gives, and the ways of each. */
export function withColumns(drawing: Drawing, data: LineageData): Drawing {
  const itemOf = new Map(drawing.items.map(({ node }, item) => [node, item]));
  const ways = drawing.items.flatMap(({ node }, to) =>
    (data.nodes[node]?.c ?? []).flatMap(([name, uses]) =>
      uses.flatMap(([from, column, kind]) => {
        const start = itemOf.get(from);
        return start === undefined ? [] : [{ from: start, column, to, name, kind: data.kinds[kind] ?? 'value' }];
      }),
    ),
  );
  const rows = drawing.items.map(({ node }, item) => {
    const near = ways.flatMap((way) => (way.from === item ? [way.column] : way.to === item ? [way.name] : []));
    const own = (data.nodes[node]?.c ?? []).map(([name]) => name);
    return [...new Set([...near, ...own])].slice(0, MOST_ROWS);
  });
  const edges = ways.flatMap(({ from, column, to, name, kind }): Edge[] => {
    const [fromRow, toRow] = [rows[from]?.indexOf(column) ?? -1, rows[to]?.indexOf(name) ?? -1];
    return fromRow < 0 || toRow < 0 ? [] : [{ from, to, fromRow, toRow, kind }];
  });
  const joined = new Set(edges.map(({ from, to }) => `${from}>${to}`));
  return {
    items: drawing.items.map((one, item) => ({ ...one, rows: (rows[item] ?? []).map((at) => data.columns[at] ?? '') })),
    edges: [...drawing.edges.filter(({ from, to }) => !joined.has(`${from}>${to}`)), ...edges],
    hidden: drawing.hidden,
  };
}
