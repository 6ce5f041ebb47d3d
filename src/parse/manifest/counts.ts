import type { Manifest, Node } from '../../model/index.ts';

type Pairs = readonly (readonly [kind: string, count: number])[];

/** How many resources there are of each kind, in dbt's order and words. */
export interface Counts {
  readonly nodes: Pairs;
  readonly others: Pairs;
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
  ['function', 'functions'],
] as const;

export function countsOf(manifest: Manifest): Counts {
  const counts = new Map<string, number>();
  // What is defined in YAML is read after the tests beside it.
  const nodes = Object.values(manifest.nodes);
  for (const { resource_type, config } of [...nodes.filter((node) => !isLate(node)), ...nodes.filter(isLate)]) {
    if (resource_type === 'test' && !config.enabled) continue;
    const kind = resource_type === 'test' ? 'data_test' : resource_type;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return { nodes: [...counts], others: OTHERS.map(([kind, key]) => [kind, Object.keys(manifest[key]).length]) };
}

const isLate = ({ resource_type, original_file_path }: Node): boolean =>
  resource_type === 'snapshot' && /\.ya?ml$/.test(original_file_path);
