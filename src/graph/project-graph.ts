import { DirectedGraph } from 'graphology';
import { TsdbtError } from '../error/index.ts';
import { levelsOf } from './order.ts';
import { reach } from './reach.ts';
import type { Store } from './store.ts';
import { bridgedEdges } from './subset.ts';
import type { GraphMember, ProjectGraph } from './types.ts';

/** A graph of the given nodes and edges (parent, child). Edges whose ends are not among the nodes are an error of the caller. */
export function graphOf(
  members: ReadonlyMap<string, GraphMember>,
  edges: Iterable<readonly [string, string]>,
): ProjectGraph {
  const parentsOf = new Map<string, Set<string>>();
  const childrenOf = new Map<string, Set<string>>();
  for (const [parent, child] of edges) {
    neighbor(parentsOf, child, parent);
    neighbor(childrenOf, parent, child);
  }
  return readonlyView(members, parentsOf, childrenOf);
}

type Neighbors = ReadonlyMap<string, ReadonlySet<string>>;

function neighbor(map: Map<string, Set<string>>, id: string, other: string): void {
  const known = map.get(id);
  if (known === undefined) map.set(id, new Set([other]));
  else known.add(other);
}

function readonlyView(
  members: ReadonlyMap<string, GraphMember>,
  parentsOf: Neighbors,
  childrenOf: Neighbors,
): ProjectGraph {
  const ids = [...members.keys()];
  const listed = (map: Neighbors) => remembered((id) => [...(map.get(expectNode(members, id)) ?? [])]);
  const [parents, children] = [listed(parentsOf), listed(childrenOf)];
  // Who only selects never asks for the order, and the library's graph costs more than all else of ours.
  let levels: ReadonlyMap<string, number> | undefined;
  const leveled = (): ReadonlyMap<string, number> => {
    levels ??= levelsOf(storeOf(ids, childrenOf));
    return levels;
  };
  const view: ProjectGraph = {
    ids,
    has: (id) => members.has(id),
    node: (id) => members.get(expectNode(members, id)) as GraphMember,
    parents,
    children,
    ancestors: (from, depth) => reach(from, parents, depth),
    descendants: (from, depth) => reach(from, children, depth),
    order: () => [...leveled().keys()],
    levels: leveled,
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

function storeOf(ids: readonly string[], childrenOf: Neighbors): Store {
  const store: Store = new DirectedGraph({ allowSelfLoops: true });
  for (const id of ids) store.addNode(id);
  for (const [parent, children] of childrenOf) for (const child of children) store.addEdge(parent, child);
  return store;
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

function expectNode(members: ReadonlyMap<string, GraphMember>, id: string): string {
  if (members.has(id)) return id;
  throw new TsdbtError({ code: 'TSD1103', message: `Node ${id} not found in the graph!` });
}
