import { TsdbtError } from '../error/index.ts';
import type { Manifest } from '../model/index.ts';
import { failOnCycle } from './cycle.ts';
import { graphOf } from './project-graph.ts';
import type { GraphMember, ProjectGraph } from './types.ts';

/**
 * The graph of everything that can be selected or scheduled. Operations stay outside: hooks run around the graph.
 * Throws TSD1103 for a dependency that is not in the manifest, TSD1104 for a cycle.
 */
export function buildGraph(manifest: Manifest): ProjectGraph {
  const members = membersOf(manifest);
  const edges: [string, string][] = [];
  for (const [id, node] of members) {
    for (const parent of dependenciesOf(node)) {
      if (!members.has(parent)) throw missingParent(node, parent);
      edges.push([parent, id]);
    }
  }
  const graph = graphOf(members, edges);
  failOnCycle(graph);
  return graph;
}

function membersOf(manifest: Manifest): Map<string, GraphMember> {
  const members = new Map<string, GraphMember>();
  const groups: readonly Readonly<Record<string, GraphMember>>[] = [
    manifest.sources,
    manifest.nodes,
    manifest.semantic_models,
    manifest.exposures,
    manifest.functions,
    manifest.metrics,
    manifest.unit_tests,
    manifest.saved_queries,
  ];
  for (const group of groups) {
    for (const [id, node] of Object.entries(group)) {
      if (isMember(node)) members.set(id, node);
    }
  }
  return members;
}

function isMember(node: GraphMember): boolean {
  if (node.resource_type === 'operation' || node.resource_type === 'sql_operation') return false;
  return !('config' in node) || (node.config as { enabled?: boolean } | null)?.enabled !== false;
}

/** Every node that the given one reads, by unique_id. */
export function dependenciesOf(node: GraphMember): readonly string[] {
  const dependsOn = (node as { depends_on?: { nodes?: readonly string[] } }).depends_on;
  return dependsOn?.nodes ?? [];
}

/** A node that reads what is not there. */
export function missingParent(node: GraphMember, parent: string): TsdbtError {
  return new TsdbtError({
    code: 'TSD1103',
    message: `'${node.unique_id}' depends on '${parent}' which is not in the graph!`,
    at: { file: node.original_file_path, line: 1, col: 0 },
    hint: 'The node it reads is missing or disabled.',
  });
}
