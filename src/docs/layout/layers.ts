import type { Parents } from './ranks.ts';

/** The graph in columns. An edge over several columns goes through a waypoint in each between them; waypoints follow the nodes. */
export interface Layers {
  /** Of nodes, then of waypoints. */
  readonly rank: Int32Array;
  readonly left: readonly (readonly number[])[];
  readonly right: readonly (readonly number[])[];
  readonly nodes: number;
  /** Members of each column, in order. */
  readonly columns: number[][];
}

/** Beyond so many waypoints long edges go without: the picture is no clearer for them. */
const MOST_WAYPOINTS = 20_000;

/** `groups` decides who starts beside whom. */
export function layersOf(parents: Parents, ranks: Int32Array, groups: readonly number[]): Layers {
  const nodes = parents.length;
  const rank: number[] = [...ranks];
  const left: number[][] = parents.map(() => []);
  const right: number[][] = parents.map(() => []);
  const group: number[] = [...groups];
  const link = (from: number, to: number): void => {
    right[from]?.push(to);
    left[to]?.push(from);
  };
  const newWaypoint = (column: number, of: number): number => {
    left.push([]);
    right.push([]);
    group.push(group[of] ?? 0);
    return rank.push(column) - 1;
  };
  for (let child = 0; child < nodes; child++) {
    for (const parent of parents[child] ?? []) {
      let from = parent;
      const end = rank[child] as number;
      for (let column = (rank[parent] as number) + 1; column < end && rank.length < nodes + MOST_WAYPOINTS; column++) {
        const point = newWaypoint(column, child);
        link(from, point);
        from = point;
      }
      link(from, child);
    }
  }
  const columns: number[][] = [];
  rank.forEach((column, item) => {
    while (columns.length <= column) columns.push([]);
    columns[column]?.push(item);
  });
  for (const column of columns) column.sort((a, b) => (group[a] as number) - (group[b] as number) || a - b);
  return { rank: Int32Array.from(rank), left, right, nodes, columns };
}

const SWEEPS = 10;

/** Orders each column by the middle of its neighbours, there and back: fewer crossings. */
export function uncross(layers: Layers): void {
  const place = new Float64Array(layers.rank.length);
  const wanted = new Float64Array(layers.rank.length);
  const number = (column: readonly number[]): void => {
    for (let at = 0; at < column.length; at++) place[column[at] as number] = at;
  };
  layers.columns.forEach(number);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0;
    const neighbours = forward ? layers.left : layers.right;
    const columns = forward ? layers.columns : [...layers.columns].reverse();
    for (const column of columns) {
      for (const item of column) wanted[item] = mean(neighbours[item] ?? [], place) ?? (place[item] as number);
      column.sort(
        (a, b) => (wanted[a] as number) - (wanted[b] as number) || (place[a] as number) - (place[b] as number),
      );
      number(column);
    }
  }
}

export function mean(items: readonly number[], of: Float64Array): number | undefined {
  if (items.length === 0) return undefined;
  let sum = 0;
  for (const item of items) sum += of[item] as number;
  return sum / items.length;
}
