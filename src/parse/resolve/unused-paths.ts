import type { Event, Package } from '../../model/index.ts';
import { type DataMap, isDataMap } from '../../util/data.ts';
import type { Found } from '../types.ts';

const TREES = {
  models: 'model',
  seeds: 'seed',
  snapshots: 'snapshot',
  sources: 'source',
  data_tests: 'test',
  exposures: 'exposure',
} as const;

interface Placed {
  readonly resource_type: string;
  readonly fqn: readonly string[];
}

/** Folders that dbt_project.yml configures, but in which nothing of the kind lies. What is disabled counts for every kind. */
export function unusedConfigPaths(root: Package, found: Found): Event | undefined {
  const disabled = [...found.disabled.values()]
    .flat()
    .map((entry) => (entry.kind === 'node' ? entry.draft.node : entry.value));
  const nodes = [...found.nodes.values()].map((draft) => draft.node);
  const enabled: readonly Placed[] = [...nodes, ...found.sources.values(), ...found.exposures.values()];
  const unused = Object.entries(TREES).flatMap(([tree, type]) => {
    const used = foldersOf([...enabled.filter((resource) => resource.resource_type === type), ...disabled]);
    const paths = [...configuredPaths(root.trees[tree as keyof typeof TREES], [])];
    return paths.filter((path) => path !== '' && !used.has(path)).map((path) => `${tree}.${path}`);
  });
  if (unused.length === 0) return undefined;
  return { name: 'UnusedResourceConfigPath', data: { unused_config_paths: unused } };
}

function foldersOf(resources: readonly Placed[]): ReadonlySet<string> {
  return new Set(resources.flatMap(({ fqn }) => fqn.map((_, depth) => fqn.slice(0, depth + 1).join('.'))));
}

/** The folders at which something is set. */
function configuredPaths(tree: DataMap, path: readonly string[]): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const [key, value] of Object.entries(tree)) {
    if (key.startsWith('+') || !isDataMap(value)) paths.add(path.join('.'));
    else for (const deeper of configuredPaths(value, [...path, key])) paths.add(deeper);
  }
  return paths;
}
