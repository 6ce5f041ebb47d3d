import type { ConfigTrees, Package, TreeName } from '../../model/index.ts';
import { type Data, type DataMap, isDataMap, WholeFloat } from '../../util/data.ts';

/** The package that a rendered dbt_project.yml describes. `written` is the same file before rendering. */
export function packageOf(root: string, data: DataMap, written: DataMap, vars: DataMap): Package {
  return {
    name: String(data['name']),
    version: versionOf(data['version']),
    root,
    paths: pathsOf(data),
    trees: treesOf(data),
    unrenderedTrees: treesOf(written),
    vars,
    onRunStart: texts(data['on-run-start']),
    onRunEnd: texts(data['on-run-end']),
    dispatch: ((data['dispatch'] ?? []) as readonly DataMap[]).map((entry) => ({
      macro_namespace: String(entry['macro_namespace']),
      search_order: texts(entry['search_order']),
    })),
    quoting: mapOr(data['quoting']),
    requireDbtVersion: rangesOf(data['require-dbt-version']),
    restrictAccess: data['restrict-access'] === true,
  };
}

function pathsOf(data: DataMap): Package['paths'] {
  const model = folders(data['model-paths'] ?? data['source-paths'], ['models']);
  const seed = folders(data['seed-paths'] ?? data['data-paths'], ['seeds']);
  const test = folders(data['test-paths'], ['tests']);
  const analysis = folders(data['analysis-paths'], ['analyses']);
  const macro = folders(data['macro-paths'], ['macros']);
  const snapshot = folders(data['snapshot-paths'], ['snapshots']);
  const functions = folders(data['function-paths'], ['functions']);
  const all = [...model, ...seed, ...snapshot, ...analysis, ...macro, ...test, ...functions];
  const docs = folders(data['docs-paths'], [...new Set(all.map((path) => path.replace(/\/+$/, '')))]);
  return {
    model,
    seed,
    test,
    analysis,
    macro,
    snapshot,
    docs,
    asset: folders(data['asset-paths'], []),
    function: functions,
  };
}

const TREES: readonly TreeName[] = [
  ...(['models', 'seeds', 'snapshots', 'sources', 'data_tests', 'unit_tests', 'analyses'] as const),
  ...(['exposures', 'metrics', 'semantic-models', 'saved-queries', 'functions'] as const),
];

/** Whether a key of dbt_project.yml holds settings of resources. */
export function isTree(key: string | number | undefined): boolean {
  return key === 'tests' || TREES.some((tree) => tree === key);
}

function treesOf(data: DataMap): ConfigTrees {
  const entries = TREES.map((name) => [name, mapOr(data[name] ?? (name === 'data_tests' ? data['tests'] : null))]);
  return Object.fromEntries(entries) as ConfigTrees;
}

function versionOf(version: Data | undefined): string | null {
  if (version === undefined || version === null) return null;
  return version instanceof WholeFloat ? `${version.value}.0` : String(version);
}

function rangesOf(value: Data | undefined): readonly string[] {
  const ranges = typeof value === 'string' ? value.split(',') : texts(value);
  return ranges.map((range) => range.trim());
}

function folders(value: Data | undefined, byDefault: readonly string[]): readonly string[] {
  return value === undefined || value === null ? byDefault : texts(value);
}

function texts(value: Data | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

function mapOr(value: Data | undefined): DataMap {
  return value !== undefined && isDataMap(value) ? value : {};
}
