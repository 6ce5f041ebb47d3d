import { TsdbtError } from '../../error/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import type { Field, Merge } from './fields.ts';
import { listed } from './values.ts';

type Open = Record<string, Data>;

// Where a kind has no hooks, dbt forgets them; any other unknown key it keeps.
const HOOKS = new Set(['pre-hook', 'post-hook']);

/** One level of configuration laid over another by each key's rule; `level` may spell hooks with an underscore. */
export function overlay(fields: ReadonlyMap<string, Field>, below: DataMap, level: DataMap): DataMap {
  const result: Open = { ...below };
  for (const [written, value] of Object.entries(level)) {
    const name = hookName(written);
    const rule = fields.get(name);
    if (rule === undefined) {
      if (!HOOKS.has(name)) result[name] = value;
      continue;
    }
    const lower = result[name];
    const merged = lower === undefined ? value : mergeValue(name, rule.merge, lower, value);
    result[name] = rule.shape === undefined ? merged : rule.shape(merged);
  }
  return result;
}

export function hookName(name: string): string {
  return name === 'pre_hook' || name === 'post_hook' ? name.replace('_', '-') : name;
}

function mergeValue(name: string, rule: Merge, lower: Data, upper: Data): Data {
  switch (rule) {
    case 'clobber':
      return upper;
    case 'append':
      return [...listed(lower), ...listed(upper)];
    case 'append by key':
      return appendByKey(mapOf(name, lower), mapOf(name, upper));
    case 'update':
      // `latest_version_pointer: false` stands for a map.
      return typeof upper === 'boolean' ? upper : { ...mapOf(name, lower), ...mapOf(name, upper) };
    case 'object':
      return { ...mapOf(name, lower), ...mapOf(name, upper) };
  }
}

/** Grants: a key replaces its list; a key with a plus sign in front adds to it. */
function appendByKey(lower: DataMap, upper: DataMap): DataMap {
  const result: Open = Object.fromEntries(Object.entries(lower).map(([key, value]) => [key, listed(value)]));
  for (const [key, value] of Object.entries(upper)) {
    const name = key.replace(/^\++/, '');
    const before = key.startsWith('+') ? result[name] : undefined;
    result[name] = before === undefined ? listed(value) : [...listed(before), ...listed(value)];
  }
  return result;
}

function mapOf(name: string, value: Data): DataMap {
  if (isDataMap(value)) return value;
  throw new TsdbtError({ code: 'TSD1101', message: `the configuration '${name}' must be a map` });
}

const CALL_RULES: Readonly<Record<string, Merge>> = {
  'pre-hook': 'append',
  'post-hook': 'append',
  tags: 'append',
  packages: 'append',
  quoting: 'update',
  column_types: 'update',
  meta: 'update',
  docs: 'update',
  contract: 'update',
  grants: 'append by key',
  snapshot_meta_column_names: 'object',
};

/** Several `config()` calls of one file become one: the same rules, before any defaults are known. */
export function mergeCalls(calls: readonly DataMap[]): DataMap {
  const [first, ...others] = calls;
  if (first === undefined) return {};
  const result: Open = Object.keys(first).length === 0 ? {} : { ...first };
  for (const call of others) {
    if (Object.keys(result).length === 0) {
      Object.assign(result, call);
      continue;
    }
    for (const [name, value] of Object.entries(call)) result[name] = mergeCall(name, result[name], value);
  }
  return result;
}

function mergeCall(name: string, before: Data | undefined, value: Data): Data {
  const rule = CALL_RULES[name];
  if (rule === undefined) return value;
  if (rule === 'append by key') return mergeGrants(mapOf(name, before ?? {}), mapOf(name, value));
  if (before !== undefined) return mergeValue(name, rule, before, value);
  return rule === 'append' ? listed(value) : value;
}

/** Between calls a plus sign stays: it still has to reach what dbt_project.yml says. */
function mergeGrants(before: DataMap, more: DataMap): DataMap {
  const result: Open = Object.fromEntries(Object.entries(before).map(([key, value]) => [key, listed(value)]));
  for (const [key, value] of Object.entries(more)) {
    const present = result[key];
    result[key] = key.startsWith('+') && present !== undefined ? [...listed(present), ...listed(value)] : listed(value);
  }
  return result;
}

/** dbt's deep merge of two maps, where a list of `upper` comes in front of the list below. */
export function deepMerge(lower: DataMap, upper: DataMap): DataMap {
  const result: Open = { ...lower };
  for (const [key, value] of Object.entries(upper)) {
    const before = result[key];
    if (isDataMap(value)) result[key] = deepMerge(isDataMap(before ?? null) ? (before as DataMap) : {}, value);
    else if (Array.isArray(value) && before !== undefined) result[key] = [...value, ...listed(before)];
    else result[key] = value;
  }
  return result;
}
