import { dependenciesOf, missingParent } from './build.ts';
import { failOnCycle } from './cycle.ts';
import { graphOf } from './project-graph.ts';
import type { GraphMember, ProjectGraph } from './types.ts';

/** The graph with more nodes, each below what its `depends_on` names. Throws TSD1103 for a parent that is in neither, TSD1104 for a cycle. */
export function withNodes(graph: ProjectGraph, nodes: readonly GraphMember[]): ProjectGraph {
  const members = new Map(graph.ids.map((id) => [id, graph.node(id)] as const));
  for (const node of nodes) members.set(node.unique_id, node);
  const known = graph.ids.flatMap((id) => graph.children(id).map((child): [string, string] => [id, child]));
  const added = nodes.flatMap((node) =>
    dependenciesOf(node).map((parent): [string, string] => {
      if (!members.has(parent)) throw missingParent(node, parent);
      return [parent, node.unique_id];
    }),
  );
  const extended = graphOf(members, [...known, ...added]);
  failOnCycle(extended);
  return extended;
}
