import type { ProjectGraph } from './types.ts';

/**
 * The edges that remain when only `keep` stays: a to b where a way leads from a to b through nodes that are left out.
 * Each left-out node is looked at once, in topological order, and hands its nearest kept ancestors on to its children.
 */
export function bridgedEdges(graph: ProjectGraph, keep: ReadonlySet<string>): [string, string][] {
  const edges: [string, string][] = [];
  const handedOn = new Map<string, ReadonlySet<string>>();
  for (const id of graph.order()) {
    const nearest = new Set<string>();
    for (const parent of graph.parents(id)) {
      if (keep.has(parent)) nearest.add(parent);
      else for (const ancestor of handedOn.get(parent) ?? []) nearest.add(ancestor);
    }
    if (!keep.has(id)) handedOn.set(id, nearest);
    else for (const ancestor of nearest) edges.push([ancestor, id]);
  }
  return edges;
}
