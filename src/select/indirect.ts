import type { ProjectGraph } from '../graph/index.ts';
import type { IndirectSelection } from './types.ts';

/**
 * Adds the tests of the chosen nodes. `direct` holds those that come along now; `indirect` those that read something
 * not chosen: they come along later if a union chooses that too.
 */
export function withTests(
  graph: ProjectGraph,
  selected: ReadonlySet<string>,
  mode: IndirectSelection,
): { direct: Set<string>; indirect: Set<string> } {
  const direct = new Set(selected);
  const indirect = new Set<string>();
  const sufficient = mode === 'buildable' ? buildable(graph, selected, true) : selected;
  for (const id of selected) {
    for (const child of graph.children(id)) {
      if (!isTest(graph, child)) continue;
      if (mode === 'eager' || isCovered(graph, child, sufficient)) direct.add(child);
      else indirect.add(child);
    }
  }
  return { direct, indirect };
}

/** After parts have been combined: tests kept for later whose parents are now all there. */
export function incorporate(
  graph: ProjectGraph,
  direct: ReadonlySet<string>,
  indirect: ReadonlySet<string>,
  mode: IndirectSelection,
): ReadonlySet<string> {
  if (mode !== 'cautious' && mode !== 'buildable') return direct;
  const sufficient = mode === 'buildable' ? buildable(graph, direct, false) : direct;
  const selected = new Set(direct);
  for (const id of indirect) {
    if (graph.node(id).resource_type !== 'unit_test' && isCovered(graph, id, sufficient)) selected.add(id);
  }
  return selected;
}

function buildable(graph: ProjectGraph, selected: ReadonlySet<string>, withSources: boolean): Set<string> {
  const reachable = new Set([...selected, ...graph.ancestors(selected)]);
  if (withSources) {
    for (const id of graph.ids) if (graph.node(id).resource_type === 'source') reachable.add(id);
  }
  return reachable;
}

function isTest(graph: ProjectGraph, id: string): boolean {
  const type = graph.node(id).resource_type;
  return type === 'test' || type === 'unit_test';
}

function isCovered(graph: ProjectGraph, id: string, by: ReadonlySet<string>): boolean {
  return graph.parents(id).every((parent) => by.has(parent));
}
