import type { GraphNode, OpaqueNode, OtherNode } from '../model/index.ts';

/** A node of the graph; the second kind is only carried along (functions, metrics, semantic models, saved queries). */
export type GraphMember = GraphNode | OtherNode | OpaqueNode;

/** A directed graph without cycles: edges run from what is read to what reads it. Never changes; every method is pure. */
export interface ProjectGraph {
  /** Every unique_id, in the manifest's order. */
  readonly ids: readonly string[];
  has(id: string): boolean;
  /** The node itself; throws for an id that the graph does not have. */
  node(id: string): GraphMember;
  parents(id: string): readonly string[];
  children(id: string): readonly string[];
  /** What the given nodes rest on, at most `depth` edges away; a given node is in it only if another given one rests on it. */
  ancestors(ids: Iterable<string>, depth?: number): Set<string>;
  /** What rests on the given nodes, at most `depth` edges away. */
  descendants(ids: Iterable<string>, depth?: number): Set<string>;
  /** Parents before children; ties keep the manifest's order. */
  order(): readonly string[];
  /** How many edges the longest way from a root to each node has: dbt's score for the order of starting. */
  levels(): ReadonlyMap<string, number>;
  /** The given nodes alone; a way through nodes left out becomes an edge. Unknown ids are an error. */
  subset(ids: Iterable<string>): ProjectGraph;
}
