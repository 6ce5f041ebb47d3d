/** Parents of each node by index; a parent may be named twice or be the node itself. */
export type Parents = readonly (readonly number[])[];

/** The same edges without doubles, loops and the ones that close a cycle: groups of nodes may form cycles where nodes do not. */
export function withoutCycles(parents: Parents): number[][] {
  const kept: number[][] = parents.map(() => []);
  const children: number[][] = parents.map(() => []);
  parents.forEach((list, child) => {
    for (const parent of new Set(list)) if (parent !== child) children[parent]?.push(child);
  });
  const state = new Uint8Array(parents.length);
  const next = new Uint32Array(parents.length);
  for (let start = 0; start < parents.length; start++) {
    if (state[start] !== 0) continue;
    const path = [start];
    state[start] = 1;
    while (path.length > 0) {
      const at = path.at(-1) as number;
      const child = children[at]?.[next[at] as number];
      next[at] = (next[at] as number) + 1;
      if (child === undefined) {
        state[at] = 2;
        path.pop();
        continue;
      }
      if (state[child] === 1) continue;
      kept[child]?.push(at);
      if (state[child] === 0) {
        state[child] = 1;
        path.push(child);
      }
    }
  }
  return kept;
}

/** The column of each node: the longest way to it; what has no parents stands right before its first user. */
export function ranksOf(parents: Parents): Int32Array {
  const count = parents.length;
  const children: number[][] = parents.map(() => []);
  const waiting = new Int32Array(count);
  parents.forEach((list, child) => {
    waiting[child] = list.length;
    for (const parent of list) children[parent]?.push(child);
  });
  const ranks = new Int32Array(count);
  const ready: number[] = [];
  for (let node = 0; node < count; node++) if (waiting[node] === 0) ready.push(node);
  for (let at = 0; at < ready.length; at++) {
    const node = ready[at] as number;
    for (const child of children[node] ?? []) {
      ranks[child] = Math.max(ranks[child] as number, (ranks[node] as number) + 1);
      waiting[child] = (waiting[child] as number) - 1;
      if (waiting[child] === 0) ready.push(child);
    }
  }
  for (let node = 0; node < count; node++) {
    if (parents[node]?.length !== 0 || children[node]?.length === 0) continue;
    ranks[node] = Math.min(...(children[node] ?? []).map((child) => (ranks[child] as number) - 1));
  }
  return ranks;
}
