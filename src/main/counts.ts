import type { Manifest } from '../model/index.ts';

/** How many of each kind a project has, in dbt's order and words. */
export function foundCounts(manifest: Manifest): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const node of Object.values(manifest.nodes)) {
    const kind = node.resource_type === 'test' ? 'data_test' : node.resource_type;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return {
    ...counts,
    source: Object.keys(manifest.sources).length,
    exposure: Object.keys(manifest.exposures).length,
    metric: Object.keys(manifest.metrics).length,
    macro: Object.keys(manifest.macros).length,
    group: Object.keys(manifest.groups).length,
    semantic_model: Object.keys(manifest.semantic_models).length,
    saved_query: Object.keys(manifest.saved_queries).length,
    unit_test: Object.keys(manifest.unit_tests).length,
  };
}
