import type { Lookup, SyncDefinition } from '../types.ts';
import { quoteColumn, quoteName, type TableName } from './names.ts';
import { parsePostgresType } from './postgres-type.ts';

/** Types of the tables that look-ups read: table -> column -> type as format_type() prints it. Missing tables are missing keys. */
export type LookupTypes = ReadonlyMap<string, ReadonlyMap<string, string>>;

export interface PlannedLookup {
  /** Name of the table within the export's query. */
  readonly name: string;
  /** COPY ... TO STDOUT that reads it from Postgres; undefined where the table does not exist yet, so nothing matches. */
  readonly copyOut: string | undefined;
  readonly structure: string;
  /** SQL over the source for each key. */
  readonly keys: readonly string[];
  /** Target column -> where its value is in the look-up, and its type in Postgres. */
  readonly values: readonly { readonly name: string; readonly sql: string; readonly type: string }[];
}

export interface PlannedLookups {
  readonly lookups: readonly PlannedLookup[];
  readonly problems: readonly string[];
}

/** The look-ups of the definition, and the one that lets rows keep their id. */
export function planLookups(definition: SyncDefinition, types: LookupTypes): PlannedLookups {
  const problems: string[] = [];
  const lookups = definition.enrichment.map((lookup, i) =>
    planLookup(lookup, `tsdbt_lookup_${i + 1}`, types, problems),
  );
  const keep = keepIds(definition);
  if (keep) lookups.push(planLookup(keep, ID_LOOKUP, types, types.has(quoteName(keep.table)) ? problems : []));
  return { lookups, problems };
}

/** Columns that look-ups give, each once, in the order of the definition. */
export function enrichedNames(definition: SyncDefinition): string[] {
  return [...new Set(definition.enrichment.flatMap((lookup) => Object.keys(lookup.columns)))];
}

export const ID_LOOKUP = 'tsdbt_lookup_id';

/** Reading the ids of the target itself is a look-up like any other. */
export function keepIds(definition: SyncDefinition): Lookup | undefined {
  const { id, table } = definition;
  if (!id || id.keep_by.length === 0) return undefined;
  const nameInTarget = (source: string) => definition.columns.find((rule) => rule.source === source)?.name ?? source;
  return {
    table,
    match: Object.fromEntries(id.keep_by.map((name) => [name, nameInTarget(name)])),
    columns: { [id.column]: id.column },
  };
}

function planLookup(lookup: Lookup, name: string, types: LookupTypes, problems: string[]): PlannedLookup {
  const known = types.get(quoteName(lookup.table));
  const wanted = [...Object.values(lookup.match), ...Object.values(lookup.columns)];
  const missing = known ? wanted.filter((column) => !known.has(column)) : [];
  if (!known) problems.push(`look-up table ${shown(lookup.table)} does not exist in Postgres`);
  for (const column of missing) problems.push(`look-up table ${shown(lookup.table)} has no column "${column}"`);
  const usable = known !== undefined && missing.length === 0;
  const keyColumns = Object.values(lookup.match);
  const values = Object.entries(lookup.columns).map(([target, column], i) => ({
    name: target,
    sql: `${name}.v${i + 1}`,
    type: known?.get(column) ?? (name === ID_LOOKUP ? 'bigint' : 'text'),
  }));
  const structure = [
    ...keyColumns.map((_, i) => `k${i + 1} String`),
    ...values.map(({ type }, i) => `v${i + 1} Nullable(${clickHouseTypeOf(type)})`),
    'found UInt8',
  ].join(', ');
  const read = [...keyColumns, ...Object.values(lookup.columns)];
  const notNull = keyColumns.map((column) => `${quoteName(column)} is not null`).join(' and ');
  const readSql = read.map((column, i) => readAs(column, i < keyColumns.length ? undefined : known?.get(column)));
  const copyOut = `copy (select ${readSql.join(', ')}, 1 from ${quoteName(lookup.table)} where ${notNull}) to stdout`;
  return {
    name,
    copyOut: usable ? copyOut : undefined,
    structure,
    keys: Object.keys(lookup.match).map((column) => keySql(column, lookup.when)),
    values,
  };
}

/** Keys meet as text: an id that is a number here and text there is the same id. A NULL meets nothing. */
function keySql(column: string, when: string | undefined): string {
  const text = `toString(${quoteColumn(column)})`;
  return when === undefined ? text : `if(${when}, ${text}, NULL)`;
}

const NUMBERS: Readonly<Record<string, string>> = {
  smallint: 'Int16',
  integer: 'Int32',
  bigint: 'Int64',
  real: 'Float32',
  'double precision': 'Float64',
};

/** Numbers travel as numbers, so that they can be encoded again; everything else as its text. */
function clickHouseTypeOf(type: string): string {
  const { name, array } = parsePostgresType(type);
  return array ? 'String' : (NUMBERS[name] ?? 'String');
}

function readAs(column: string, type: string | undefined): string {
  const number = type !== undefined && clickHouseTypeOf(type) !== 'String';
  return number ? quoteName(column) : `${quoteName(column)}::text`;
}

export function shown(table: TableName): string {
  return `${table.schema}.${table.name}`;
}
