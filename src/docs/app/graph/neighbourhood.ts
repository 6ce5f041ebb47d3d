import type { CoreNode } from '../../format/core.ts';

export interface Depths {
  readonly up: number;
  readonly down: number;
}

/** So many boxes a person still takes in at a glance. */
const READABLE = 60;

/** What lies at most so many steps above and below a node, itself included, in the order of the map. */
export function neighbourhood(
  nodes: readonly CoreNode[],
  children: readonly (readonly number[])[],
  focus: number,
  { up, down }: Depths,
): number[] {
  const found = new Set([focus]);
  const walk = (next: (index: number) => readonly number[], depth: number): void => {
    let layer = [focus];
    for (let step = 0; step < depth && layer.length > 0; step++) {
      const following: number[] = [];
      for (const one of layer) {
        for (const other of next(one)) {
          if (found.has(other) || (nodes[other]?.rank ?? -1) < 0) continue;
          found.add(other);
          following.push(other);
        }
      }
      layer = following;
    }
  };
  walk((index) => nodes[index]?.parents ?? [], up);
  walk((index) => children[index] ?? [], down);
  return [...found].sort((a, b) => a - b);
}

/** The largest depth on both sides that is still readable; at least one step. */
export function readableDepths(
  nodes: readonly CoreNode[],
  children: readonly (readonly number[])[],
  focus: number,
): Depths {
  let best: Depths = { up: 1, down: 1 };
  let size = neighbourhood(nodes, children, focus, best).length;
  for (let more = true; more; ) {
    more = false;
    for (const next of [
      { ...best, up: best.up + 1 },
      { ...best, down: best.down + 1 },
    ]) {
      const grown = neighbourhood(nodes, children, focus, next).length;
      if (grown > size && grown <= READABLE) {
        best = { up: Math.max(best.up, next.up), down: Math.max(best.down, next.down) };
        size = neighbourhood(nodes, children, focus, best).length;
        more = size <= READABLE;
      }
    }
  }
  return best;
}
