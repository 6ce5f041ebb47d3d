import type { CoreNode } from '../../format/core.ts';

/** A box of the drawing: a node, or a group of them that is closed. */
export interface Item {
  readonly key: string;
  readonly label: string;
  /** Of the node; -1 for a group. */
  readonly node: number;
  /** Nodes in the box, by index. */
  readonly members: readonly number[];
  /** Columns that are drawn in it. */
  readonly rows: readonly string[];
}

export interface Edge {
  readonly from: number;
  readonly to: number;
  /** Columns that it connects, by their place in the items' rows; both -1 for whole boxes. */
  readonly fromRow: number;
  readonly toRow: number;
  /** How a column is used: `value`, `filter`, ...; empty for whole boxes. */
  readonly kind: string;
}

export interface Drawing {
  readonly items: readonly Item[];
  readonly edges: readonly Edge[];
  /** Neighbours of each item that are not drawn: before it, after it. */
  readonly hidden: readonly (readonly [before: number, after: number])[];
}

export type GroupBy = 'none' | 'folder' | 'schema' | 'tag' | 'owner' | 'type' | 'package';

const GROUP: Readonly<Record<GroupBy, (node: CoreNode) => string>> = {
  none: () => '',
  folder: (node) => (node.type === 'model' || node.type === 'analysis' ? node.folder || 'models' : kindOf(node)),
  schema: (node) => node.schema || kindOf(node),
  tag: (node) => node.tags[0] ?? `no tag · ${kindOf(node)}`,
  owner: (node) => node.owner || 'no owner',
  type: (node) => kindOf(node),
  package: (node) => node.package || 'no package',
};

function kindOf({ type, name }: CoreNode): string {
  if (type === 'source') return `source ${name.split('.')[0]}`;
  return `${type}${type.endsWith('s') ? '' : 's'}`;
}

/** Boxes for the given nodes; those of a group that is not open become one box. */
export function drawingOf(
  nodes: readonly CoreNode[],
  children: readonly (readonly number[])[],
  shown: readonly number[],
  by: GroupBy = 'none',
  open: ReadonlySet<string> = new Set(),
): Drawing {
  const itemOf = new Map<number, number>();
  const groups = new Map<string, number>();
  const items: { key: string; label: string; node: number; members: number[]; rows: string[] }[] = [];
  for (const index of shown) {
    const node = nodes[index];
    if (node === undefined) continue;
    const group = GROUP[by](node);
    if (by === 'none' || open.has(group)) {
      itemOf.set(index, items.push({ key: node.id, label: node.name, node: index, members: [index], rows: [] }) - 1);
      continue;
    }
    const known = groups.get(group);
    if (known === undefined) {
      groups.set(group, items.length);
      itemOf.set(index, items.push({ key: `group:${group}`, label: group, node: -1, members: [index], rows: [] }) - 1);
    } else {
      itemOf.set(index, known);
      items[known]?.members.push(index);
    }
  }
  return { items, edges: edgesOf(nodes, shown, itemOf), hidden: hiddenOf(nodes, children, items, itemOf) };
}

function edgesOf(nodes: readonly CoreNode[], shown: readonly number[], itemOf: ReadonlyMap<number, number>): Edge[] {
  const edges: Edge[] = [];
  const seen = new Set<number>();
  for (const index of shown) {
    const to = itemOf.get(index);
    for (const parent of nodes[index]?.parents ?? []) {
      const from = itemOf.get(parent);
      if (from === undefined || to === undefined || from === to) continue;
      const key = from * 1_000_003 + to;
      if (seen.has(key)) continue;
      seen.add(key);
      edges.push({ from, to, fromRow: -1, toRow: -1, kind: '' });
    }
  }
  return edges;
}

function hiddenOf(
  nodes: readonly CoreNode[],
  children: readonly (readonly number[])[],
  items: readonly { readonly members: readonly number[] }[],
  itemOf: ReadonlyMap<number, number>,
): [number, number][] {
  const isHidden = (index: number): boolean => !itemOf.has(index) && (nodes[index]?.rank ?? -1) >= 0;
  return items.map(({ members }) => {
    const before = new Set(members.flatMap((one) => (nodes[one]?.parents ?? []).filter(isHidden)));
    const after = new Set(members.flatMap((one) => (children[one] ?? []).filter(isHidden)));
    return [before.size, after.size];
  });
}
