import { dependenciesOf } from './build.ts';
import { graphOf } from './project-graph.ts';
import type { GraphMember, ProjectGraph } from './types.ts';

/**
 * The graph by which `build` runs: what lies downstream of everything a data test reads waits for that test,
 * and a model waits for its unit tests, which wait for whatever the model itself waits for.
 */
export function withTestEdges(graph: ProjectGraph): ProjectGraph {
  const edges: [string, string][] = [];
  for (const id of graph.ids) {
    for (const child of graph.children(id)) {
      if (graph.node(child).resource_type !== 'unit_test') edges.push([id, child]);
    }
  }
  const gates = dataTestEdges(graph);
  const waits = [...edges, ...gates];
  return graphOf(new Map(graph.ids.map((id) => [id, graph.node(id)])), [...waits, ...unitTestEdges(graph, waits)]);
}

/** Only the nearest gated nodes get an edge; what lies further down waits through them. */
function dataTestEdges(graph: ProjectGraph): [string, string][] {
  const below = new Map<string, ReadonlySet<string>>();
  const descendants = (id: string): ReadonlySet<string> => {
    const known = below.get(id) ?? graph.descendants([id]);
    below.set(id, known);
    return known;
  };
  const edges: [string, string][] = [];
  for (const id of graph.ids) {
    if (graph.node(id).resource_type !== 'test') continue;
    for (const gated of gatedBy(graph, dependenciesOf(graph.node(id)), descendants)) edges.push([id, gated]);
  }
  return edges;
}

function gatedBy(
  graph: ProjectGraph,
  read: readonly string[],
  descendants: (id: string) => ReadonlySet<string>,
): readonly string[] {
  const [only, ...others] = read;
  if (only === undefined) return [];
  if (others.length === 0) return graph.children(only).filter((id) => isRunnable(graph.node(id)));
  const [smallest, ...rest] = read.map(descendants).sort((a, b) => a.size - b.size);
  const gated = new Set([...(smallest ?? [])].filter((id) => rest.every((set) => set.has(id))));
  return [...gated].filter(
    (id) => isRunnable(graph.node(id)) && !graph.parents(id).some((parent) => gated.has(parent)),
  );
}

function isRunnable(node: GraphMember): boolean {
  return ['model', 'seed', 'snapshot', 'analysis'].includes(node.resource_type);
}

function unitTestEdges(graph: ProjectGraph, edges: readonly (readonly [string, string])[]): [string, string][] {
  const unitTests = graph.ids.filter((id) => graph.node(id).resource_type === 'unit_test');
  const tested = new Set(unitTests.flatMap((id) => graph.parents(id)));
  const waitsFor = new Map<string, string[]>([...tested].map((id) => [id, []]));
  for (const [parent, child] of edges) waitsFor.get(child)?.push(parent);
  return unitTests.flatMap((id) =>
    graph
      .parents(id)
      .flatMap((model): [string, string][] => [
        [id, model],
        ...(waitsFor.get(model) ?? []).map((parent): [string, string] => [parent, id]),
      ]),
  );
}
