import type { Manifest } from '../model/index.ts';
import { plural } from '../util/plural.ts';

/** How many of each kind a project has, in dbt's order and words; what it has none of is not named. */
export function foundLine(manifest: Manifest): string {
  const counts = new Map<string, number>();
  for (const { resource_type } of Object.values(manifest.nodes)) {
    const kind = resource_type === 'test' ? 'data_test' : resource_type;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  for (const [kind, key] of OTHERS) counts.set(kind, Object.keys(manifest[key]).length);
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => plural(count, kind))
    .join(', ');
}

const OTHERS = [
  ['source', 'sources'],
  ['exposure', 'exposures'],
  ['metric', 'metrics'],
  ['macro', 'macros'],
  ['group', 'groups'],
  ['semantic_model', 'semantic_models'],
  ['saved_query', 'saved_queries'],
  ['unit_test', 'unit_tests'],
] as const;
