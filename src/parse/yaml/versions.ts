import { TsdbtError } from '../../error/index.ts';
import { type Data, type DataMap, WholeFloat } from '../../util/data.ts';
import { deepMerge } from '../config/merge.ts';
import { pyRepr, pyStr } from '../python.ts';
import { columnsOf } from './columns.ts';
import { dateOf, type Patch, patchOf } from './patch.ts';
import type { Properties } from './properties.ts';
import { mapOr, maps, tagsOf, textOr } from './values.ts';

export type VersionName = string | number;

/** One version of a model: its own words over those of the model. */
export interface Version {
  readonly v: VersionName;
  /** The file's name without extension: `defined_in`, else `<model>_v<v>`. */
  readonly fileName: string;
  readonly isLatest: boolean;
  readonly data: DataMap;
  readonly columns: readonly DataMap[];
  readonly tests: readonly Data[];
}

/** The versions of a model's properties; none where it is not versioned. Throws TSD1101. */
export function versionsOf(properties: Properties): readonly Version[] {
  const { data, name } = properties;
  const listed = maps(data.versions);
  if (listed.length === 0) return [];
  const names = listed.map((version) => versionName(version.v ?? null, name));
  if (new Set(names.map(String)).size < names.length) {
    throw invalid(`Found duplicate version in versions list of model '${name}'`);
  }
  const latest = latestOf(data.latest_version ?? null, names, name);
  return listed.map((version, index) => {
    const v = names[index] ?? '';
    return {
      v,
      fileName: textOr(version.defined_in, `${name}_v${v}`),
      isLatest: v === latest,
      data: version,
      columns: versionColumns(maps(data.columns), maps(version.columns)),
      tests: Array.isArray(version.data_tests) ? version.data_tests : listOf(data.data_tests),
    };
  });
}

export function versionPatch(properties: Properties, version: Version, latest: VersionName): Patch {
  const { data } = version;
  const base = patchOf(properties);
  const written = properties.entry.data;
  const own = maps(written.versions).find((each) => String(each.v) === String(version.v));
  return {
    ...base,
    description: textOr(data.description, '') || base.description,
    columns: columnsOf(version.columns),
    config: { rendered: deepMerge(base.config.rendered, mapOr(data.config)), written: mapOr(own?.config) },
    access: data.access ?? null,
    constraints: maps(data.constraints).length > 0 ? maps(data.constraints) : base.constraints,
    version: version.v,
    latestVersion: latest,
    deprecationDate: dateOf(data.deprecation_date ?? null),
    timeSpine: null,
  };
}

/** The model's columns that the version keeps, then the version's own. */
function versionColumns(base: readonly DataMap[], own: readonly DataMap[]): readonly DataMap[] {
  const rules = own.filter((column) => 'include' in column || 'exclude' in column);
  if (rules.length > 1) throw invalid('version can have at most one include/exclude element');
  const [rule] = rules;
  const kept = rule === undefined ? base : base.filter((column) => isKept(String(column.name), rule));
  return [...kept, ...own.filter((column) => !rules.includes(column))];
}

function isKept(name: string, rule: DataMap): boolean {
  const include = rule.include ?? null;
  const all = include === '*' || include === 'all';
  return (all || tagsOf(include).includes(name)) && !tagsOf(rule.exclude ?? null).includes(name);
}

function latestOf(given: Data, names: readonly VersionName[], model: string): VersionName {
  if (given !== null && given !== '') {
    const match = names.find((name) => name === given || (given instanceof WholeFloat && name === given.value));
    if (match !== undefined) return match;
    throw invalid(`latest_version: ${pyStr(given)} is not one of model '${model}' versions: ${pyRepr([...names])}`);
  }
  return names.reduce((best, name) => (isLess(best, name) ? name : best));
}

/** As numbers where both are, else as texts. */
function isLess(a: VersionName, b: VersionName): boolean {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? String(a) < String(b) : x < y;
}

function versionName(v: Data, model: string): VersionName {
  if (typeof v === 'string' || typeof v === 'number') return v;
  if (v instanceof WholeFloat) return pyStr(v);
  throw invalid(`A version of model '${model}' has no 'v', or one that is neither text nor number`);
}

function listOf(value: Data | undefined): readonly Data[] {
  return Array.isArray(value) ? value : [];
}

function invalid(message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1101', message });
}
