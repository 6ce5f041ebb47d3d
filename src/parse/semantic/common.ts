import { TsdbtError } from '../../error/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import type { Configs } from '../config/configs.ts';
import type { ConfigKind } from '../config/fields.ts';
import { fqnOf } from '../files/paths.ts';
import { pyRepr, pyStr } from '../python.ts';
import type { Templates } from '../templating/templates.ts';
import type { Entry } from '../yaml/schema-file.ts';

export interface SemanticParts {
  readonly configs: Configs;
  readonly templates: Templates;
  readonly createdAt: number;
}

export const GRAINS = [
  ...['nanosecond', 'microsecond', 'millisecond', 'second', 'minute', 'hour'],
  ...['day', 'week', 'month', 'quarter', 'year'],
];
export const AGGREGATIONS = [
  ...['sum', 'min', 'max', 'count_distinct', 'sum_boolean', 'average', 'percentile', 'median', 'count'],
];
export const METRIC_TYPES = ['simple', 'ratio', 'cumulative', 'derived', 'conversion'];
export const ENTITY_TYPES = ['foreign', 'natural', 'primary', 'unique'];
export const DIMENSION_TYPES = ['categorical', 'time'];

export function invalid(message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1101', message });
}

/** A word of a fixed list, whatever its case. Throws TSD1101. */
export function oneOf(value: Data | undefined, allowed: readonly string[], what: string): string {
  const word = typeof value === 'string' ? value.toLowerCase() : undefined;
  if (word !== undefined && allowed.includes(word)) return word;
  throw invalid(`${what} must be one of ${allowed.join(', ')}, but is ${pyRepr(value ?? null)}`);
}

/** A text the entry must have. Throws TSD1101. */
export function required(data: DataMap, key: string, what: string): string {
  const value = data[key];
  if (typeof value === 'string') return value;
  throw invalid(
    value === undefined
      ? `${what}: '${key}' is a required property`
      : `${what}: ${pyRepr(value)} is not of type 'string'`,
  );
}

/** `str()` of what may be a number or a truth value in YAML. */
export function textOrNone(value: Data | undefined): string | null {
  return value === undefined || value === null ? null : pyStr(value);
}

/** One filter or several, as the manifest shows them. */
export function whereFilter(where: Data | undefined): Data {
  if (where === undefined || where === null) return null;
  const list = Array.isArray(where) ? where : [where];
  return { where_filters: list.map((each) => ({ where_sql_template: pyStr(each) })) };
}

export function metaOf(config: Data | undefined): DataMap {
  const meta = isDataMap(config) ? (config.meta ?? null) : null;
  return isDataMap(meta) ? meta : {};
}

/** The fields by which a resource of YAML is known. */
export function identity<T extends string>(entry: Entry, name: string, type: T) {
  const { packageName, path, file } = entry.file.entry;
  return {
    name,
    resource_type: type,
    package_name: packageName,
    path,
    original_file_path: file,
    unique_id: `${type}.${packageName}.${name}`,
    fqn: [...fqnOf(packageName, path), name],
  };
}

/** What dbt_project.yml and the entry configure, as it is and as written. */
export function configured(
  kind: ConfigKind,
  { package_name, fqn }: { readonly package_name: string; readonly fqn: readonly string[] },
  own: DataMap,
  { configs }: SemanticParts,
): { readonly config: DataMap; readonly unrendered: DataMap; readonly group: string | null } {
  const subject = { kind, packageName: package_name, fqn };
  const config = configs.rendered(subject, { properties: own });
  const unrendered = configs.unrendered(subject, { properties: own });
  return { config, unrendered, group: typeof config.group === 'string' && config.group !== '' ? config.group : null };
}
