import type { ProjectGraph } from './types.ts';

/**
 * The edges that remain when only `keep` stays: a to b where a way leads from a to b through nodes that are left out.
 * In topological order each left-out node above a kept one hands its nearest kept ancestors on to its children.
 */
export function bridgedEdges(graph: ProjectGraph, keep: ReadonlySet<string>): [string, string][] {
  const edges: [string, string][] = [];
  const handedOn = new Map<string, ReadonlySet<string>>();
  const above = graph.ancestors(keep);
  for (const id of graph.order()) {
    if (!keep.has(id) && !above.has(id)) continue;
    const nearest = nearestKept(graph.parents(id), keep, handedOn);
    if (!keep.has(id)) handedOn.set(id, nearest);
    else for (const ancestor of nearest) edges.push([ancestor, id]);
  }
  return edges;
}

/** What a single left-out parent hands on is handed on as it is: chains of them share one set. */
function nearestKept(
  parents: readonly string[],
  keep: ReadonlySet<string>,
  handedOn: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const given = parents.map((parent) => (keep.has(parent) ? parent : (handedOn.get(parent) ?? NONE)));
  const [only] = given;
  if (given.length === 1 && typeof only === 'object') return only;
  const nearest = new Set<string>();
  for (const one of given) {
    if (typeof one === 'string') nearest.add(one);
    else for (const ancestor of one) nearest.add(ancestor);
  }
  return nearest;
}

const NONE: ReadonlySet<string> = new Set();
