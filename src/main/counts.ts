import type { Manifest, Node } from '../model/index.ts';
import { plural } from '../util/plural.ts';

/** How many of each kind a project has, in dbt's order and words; what it has none of is not named. */
export function foundLine(manifest: Manifest, isInline = false): string {
  const counts = new Map<string, number>();
  // What is defined in YAML is read after the tests beside it.
  const nodes = Object.values(manifest.nodes);
  for (const { resource_type } of [...nodes.filter((node) => !isLate(node)), ...nodes.filter(isLate)]) {
    const kind = resource_type === 'test' ? 'data_test' : resource_type;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  if (isInline) counts.set('sql_operation', 1);
  for (const [kind, key] of OTHERS) counts.set(kind, Object.keys(manifest[key]).length);
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => plural(count, kind))
    .join(', ');
}

const isLate = ({ resource_type, original_file_path }: Node): boolean =>
  resource_type === 'snapshot' && /\.ya?ml$/.test(original_file_path);

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
