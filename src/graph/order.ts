import { forEachNodeInTopologicalOrder } from 'graphology-dag/topological-sort.js';
import type { Store } from './store.ts';

/** For each node, in topological order, the length of the longest way to it from a node without parents. */
export function levelsOf(store: Store): Map<string, number> {
  const levels = new Map<string, number>();
  forEachNodeInTopologicalOrder(store, (id, _attributes, level) => {
    levels.set(id, level);
  });
  return levels;
}
