import { Dict, type Value } from '../../jinja/index.ts';
import type { Manifest, NodeMap } from '../../model/index.ts';
import { lazyDict } from '../node-data.ts';

const KINDS = ['exposures', 'groups', 'metrics', 'nodes', 'sources', 'semantic_models', 'saved_queries'] as const;
const graphs = new WeakMap<Manifest, Dict>();

/** Template global `graph`: one for all nodes of a manifest, each part made when it is looked at. */
export function graphOf(manifest: Manifest): Value {
  let graph = graphs.get(manifest);
  if (!graph) {
    graph = new Dict(KINDS.map((kind) => [kind, partOf(manifest[kind])] as const));
    graphs.set(manifest, graph);
  }
  return graph;
}

function partOf(nodes: NodeMap<object>): Dict {
  return Dict.lazy((dict) => {
    for (const [uniqueId, node] of Object.entries(nodes)) dict.set(uniqueId, lazyDict(node));
  });
}
