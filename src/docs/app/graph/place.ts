import type { CoreNode } from '../../format/core.ts';
import { layoutGraph } from '../../layout/index.ts';
import type { Drawing } from './items.ts';

/** Where every box lies, in units of the drawing (a pixel at scale 1). */
export interface Places {
  readonly x: Float64Array;
  /** Upper edge. */
  readonly y: Float64Array;
  readonly width: Float64Array;
  readonly height: Float64Array;
  readonly right: number;
  readonly bottom: number;
}

export const ROW = 44;
const BOX = 30;
export const COLUMN_ROW = 20;
const GROUP_BOX = 46;
const GAP = 74;

/** Places by the layout of the build where the drawing is the whole map, else by the same layout made anew. */
export function placesOf(drawing: Drawing, nodes: readonly CoreNode[], isWholeMap: boolean): Places {
  const { items, edges } = drawing;
  const height = Float64Array.from(items, ({ node, rows }) =>
    node < 0 ? GROUP_BOX : BOX + rows.length * COLUMN_ROW + (rows.length > 0 ? 6 : 0),
  );
  const { rank, middle } = isWholeMap ? builtPlaces(drawing, nodes) : madePlaces(drawing, nodes, edges, height);
  const width = Float64Array.from(items, ({ label, node, rows }) => {
    const longest = Math.max(label.length, ...rows.map((row) => row.length + 2));
    return Math.min(300, Math.max(node < 0 ? 130 : 96, longest * 7.1 + 34));
  });
  const widest: number[] = [];
  items.forEach((_, item) => {
    const column = rank[item] ?? 0;
    widest[column] = Math.max(widest[column] ?? 0, width[item] as number);
  });
  const lefts: number[] = [];
  let left = 0;
  for (let column = 0; column < widest.length; column++) {
    lefts.push(left);
    left += (widest[column] ?? 0) + GAP;
  }
  const x = Float64Array.from(items, (_, item) => lefts[rank[item] ?? 0] ?? 0);
  const y = Float64Array.from(items, (_, item) => (middle[item] as number) * ROW - (height[item] as number) / 2);
  let bottom = 0;
  for (let item = 0; item < items.length; item++)
    bottom = Math.max(bottom, (y[item] as number) + (height[item] as number));
  return { x, y, width, height, right: Math.max(0, left - GAP), bottom };
}

function builtPlaces({ items }: Drawing, nodes: readonly CoreNode[]) {
  return {
    rank: items.map(({ node }) => nodes[node]?.rank ?? 0),
    middle: items.map(({ node }) => (nodes[node]?.y ?? 0) / 4),
  };
}

function madePlaces(
  { items }: Drawing,
  nodes: readonly CoreNode[],
  edges: Drawing['edges'],
  height: Float64Array,
): { rank: ArrayLike<number>; middle: ArrayLike<number> } {
  const parents: number[][] = items.map(() => []);
  for (const { from, to } of edges) parents[to]?.push(from);
  const folders = new Map<string, number>();
  const groups = items.map(({ members }) => {
    const folder = nodes[members[0] ?? -1]?.folder ?? '';
    const known = folders.get(folder) ?? folders.size;
    folders.set(folder, known);
    return known;
  });
  const { rank, y } = layoutGraph(parents, { groups, heights: [...height].map((one) => (one + ROW - BOX) / ROW) });
  return { rank, middle: y };
}
