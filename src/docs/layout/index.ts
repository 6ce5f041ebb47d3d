import { type Layers, layersOf, mean, uncross } from './layers.ts';
import { type Parents, ranksOf, withoutCycles } from './ranks.ts';

export interface Layout {
  /** Column of each node, from 0. */
  readonly rank: Int32Array;
  /** Middle of each node, in rows from 0 on. */
  readonly y: Float64Array;
}

export interface LayoutOptions {
  /** Neighbours in the same group start beside each other. */
  readonly groups?: readonly number[];
  /** Rows that each node takes; 1 where not given. */
  readonly heights?: readonly number[];
}

const ROUNDS = 8;
/** Rows that an edge needs to pass between two nodes. */
const WAYPOINT = 0.35;

/** Places for a graph, left to right, the same for the same graph: nodes of one column never overlap, edges go right. Pure, for build and browser. */
export function layoutGraph(parents: Parents, { groups = [], heights = [] }: LayoutOptions = {}): Layout {
  const edges = withoutCycles(parents);
  const rank = ranksOf(edges);
  const layers = layersOf(
    edges,
    rank,
    edges.map((_, index) => groups[index] ?? 0),
  );
  uncross(layers);
  const size = Float64Array.from(layers.rank, (_, item) => (item < layers.nodes ? (heights[item] ?? 1) : WAYPOINT));
  return { rank, y: places(layers, size).slice(0, layers.nodes) };
}

/** Each column in turn is drawn towards the middle of its neighbours, keeping its order and its distances. */
function places(layers: Layers, size: Float64Array): Float64Array {
  const y = new Float64Array(size.length);
  for (const column of layers.columns) {
    const total = column.reduce((sum, item) => sum + (size[item] as number), 0);
    settle(
      column,
      column.map(() => 0),
      size,
      y,
      -total / 2,
    );
  }
  for (let round = 0; round < ROUNDS; round++) {
    const forward = round % 2 === 0;
    const columns = forward ? layers.columns : [...layers.columns].reverse();
    for (const column of columns) {
      const wanted = column.map((item) => {
        const near = (forward ? layers.left : layers.right)[item] ?? [];
        return mean(near, y) ?? mean((forward ? layers.right : layers.left)[item] ?? [], y) ?? (y[item] as number);
      });
      settle(column, wanted, size, y);
    }
  }
  const top = y.reduce((least, value, item) => Math.min(least, value - (size[item] as number) / 2), Infinity);
  return Number.isFinite(top) ? y.map((value) => value - top) : y;
}

/** Nearest places to those wanted that keep order and distance: neighbours that push each other move as one block (pool adjacent violators). */
function settle(
  column: readonly number[],
  wanted: readonly number[],
  size: Float64Array,
  y: Float64Array,
  start?: number,
): void {
  const offset: number[] = [];
  let sum = 0;
  column.forEach((item, at) => {
    const half = (size[item] as number) / 2;
    sum += at === 0 ? 0 : half;
    offset.push(sum);
    sum += half;
  });
  const blocks: { total: number; count: number; from: number }[] = [];
  column.forEach((_, at) => {
    blocks.push({
      total: (start ?? (wanted[at] as number)) - (start === undefined ? (offset[at] as number) : 0),
      count: 1,
      from: at,
    });
    for (;;) {
      const last = blocks.at(-1);
      const before = blocks.at(-2);
      if (last === undefined || before === undefined || before.total / before.count <= last.total / last.count) break;
      before.total += last.total;
      before.count += last.count;
      blocks.pop();
    }
  });
  for (const { total, count, from } of blocks) {
    for (let at = from; at < from + count; at++) y[column[at] as number] = total / count + (offset[at] as number);
  }
}
