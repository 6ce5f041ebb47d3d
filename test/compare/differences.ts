import { isDeepStrictEqual } from 'node:util';

export type Sections = Readonly<Record<string, unknown>>;
type Entry = Readonly<Record<string, unknown>>;

/** A field of the manifest that the two tools fill differently. */
export interface Difference {
  /** `nodes.model.alias`: section, kind of resource, field. */
  readonly field: string;
  readonly id: string;
  readonly dbt: unknown;
  readonly tsdbt: unknown;
}

export interface Comparison {
  readonly resources: number;
  readonly fields: number;
  readonly differences: readonly Difference[];
}

const SECTIONS = [
  'nodes',
  'sources',
  'macros',
  'docs',
  'exposures',
  'metrics',
  'groups',
  'saved_queries',
  'semantic_models',
  'unit_tests',
  'functions',
];
const MAPS = ['parent_map', 'child_map', 'group_map', 'selectors'];
// When and by whom, not what.
const VOLATILE = new Set(['created_at', 'root_path']);

/** Compares two manifests to the last field. Macros and docs that come with dbt are not compared: ours are our own. */
export function compareManifests(dbt: Sections, tsdbt: Sections): Comparison {
  const differences: Difference[] = [];
  let [resources, fields] = [0, 0];
  const compare = (section: string, id: string, expected: unknown, actual: unknown): void => {
    resources++;
    fields += compareEntry(section, id, expected, actual, differences);
  };
  for (const section of SECTIONS) {
    for (const [id, expected, actual] of pairs(entries(dbt, section), entries(tsdbt, section))) {
      if (!isBuiltIn(id)) compare(section, id, expected, actual);
    }
  }
  for (const [id, expected, actual] of pairs(entries(dbt, 'disabled'), entries(tsdbt, 'disabled'))) {
    const [ours, theirs] = [listOf(expected), listOf(actual)];
    for (let i = 0; i < Math.max(ours.length, theirs.length); i++) compare('disabled', id, ours[i], theirs[i]);
  }
  for (const map of MAPS) {
    for (const [id, expected, actual] of pairs(entries(dbt, map), entries(tsdbt, map))) {
      fields++;
      const equal = isDeepStrictEqual(unordered(map, expected), unordered(map, actual));
      if (!equal) differences.push({ field: map, id, dbt: expected, tsdbt: actual });
    }
  }
  return { resources, fields, differences };
}

function compareEntry(section: string, id: string, expected: unknown, actual: unknown, out: Difference[]): number {
  const place = `${section}.${id.split('.')[0]}`;
  if (expected === undefined || actual === undefined) {
    out.push({ field: place, id, dbt: presence(expected), tsdbt: presence(actual) });
    return 1;
  }
  let count = 0;
  for (const [key, mine, other] of pairs(expected as Entry, actual as Entry)) {
    if (VOLATILE.has(key)) continue;
    count++;
    if (!isDeepStrictEqual(steady(anyOrder(key, mine)), steady(anyOrder(key, other)))) {
      out.push({ field: `${place}.${key}`, id, dbt: mine, tsdbt: other });
    }
  }
  return count;
}

const presence = (value: unknown): string => (value === undefined ? 'missing' : 'there');

function* pairs(a: Entry, b: Entry): Generator<readonly [string, unknown, unknown]> {
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) yield [key, a[key], b[key]];
}

function entries(manifest: Sections, section: string): Entry {
  return (manifest[section] ?? {}) as Entry;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function isBuiltIn(id: string): boolean {
  return /^(macro|doc)\.(dbt|dbt_clickhouse)\./.test(id);
}

/** dbt takes the order of a group's members from the disk. */
function unordered(map: string, value: unknown): unknown {
  return map === 'group_map' && Array.isArray(value) ? [...value].sort() : value;
}

/** The sources of a model that dbt does not render come out of a Python set: their order changes from run to run. */
function anyOrder(key: string, value: unknown): unknown {
  if (key === 'sources' && Array.isArray(value)) return value.map((source) => JSON.stringify(source)).sort();
  if (key !== 'depends_on') return value;
  const { nodes = [], ...others } = value as { readonly nodes?: readonly string[] };
  const isSource = (id: string): boolean => id.startsWith('source.');
  return { ...others, nodes: [...nodes.filter(isSource).sort(), ...nodes.filter((id) => !isSource(id))] };
}

function steady(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(steady);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !VOLATILE.has(key));
  return Object.fromEntries(kept.map(([key, item]) => [key, steady(item)]));
}
