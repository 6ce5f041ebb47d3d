import { DirectedGraph } from 'graphology';
import { TsdbtError } from '../error/index.ts';
import { levelsOf, orderOf } from './order.ts';
import { reach } from './reach.ts';
import type { Attributes, Store } from './store.ts';
import { bridgedEdges } from './subset.ts';
import type { GraphMember, ProjectGraph } from './types.ts';

/** A graph of the given nodes and edges (parent, child). Edges whose ends are not among the nodes are an error of the caller. */
export function graphOf(
  members: ReadonlyMap<string, GraphMember>,
  edges: Iterable<readonly [string, string]>,
): ProjectGraph {
  const store: Store = new DirectedGraph<Attributes>({ allowSelfLoops: true });
  for (const [id, node] of members) store.addNode(id, { node });
  for (const [parent, child] of edges) store.mergeEdge(parent, child);
  return readonlyView(store);
}

function readonlyView(store: Store): ProjectGraph {
  const ids = store.nodes();
  // The store builds a list of neighbors at every call, and a graph is walked many times.
  const parents = remembered((id) => store.inNeighbors(id));
  const children = remembered((id) => store.outNeighbors(id));
  const view: ProjectGraph = {
    ids,
    has: (id) => store.hasNode(id),
    node: (id) => store.getNodeAttribute(expectNode(store, id), 'node'),
    parents,
    children,
    ancestors: (from, depth) => reach(from, parents, depth),
    descendants: (from, depth) => reach(from, children, depth),
    order: () => orderOf(store),
    levels: () => levelsOf(store),
    subset: (wanted) => subset(view, wanted),
  };
  return view;
}

function remembered<T>(work: (id: string) => T): (id: string) => T {
  const known = new Map<string, T>();
  return (id) => {
    let result = known.get(id);
    if (result === undefined) {
      result = work(id);
      known.set(id, result);
    }
    return result;
  };
}

function subset(graph: ProjectGraph, wanted: Iterable<string>): ProjectGraph {
  const keep = new Set(wanted);
  const unknown = [...keep].find((id) => !graph.has(id));
  if (unknown !== undefined) {
    throw new TsdbtError({
      code: 'TSD1103',
      message: `Couldn't find model '${unknown}' -- does it exist or is it disabled?`,
    });
  }
  const members = new Map(graph.ids.filter((id) => keep.has(id)).map((id) => [id, graph.node(id)] as const));
  return graphOf(members, bridgedEdges(graph, keep));
}

/** Breadth first, layer by layer, so that a depth means edges. */
function expectNode(store: Store, id: string): string {
  if (store.hasNode(id)) return id;
  throw new TsdbtError({ code: 'TSD1103', message: `Node ${id} not found in the graph!` });
}
