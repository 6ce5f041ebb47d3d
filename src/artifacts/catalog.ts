import { join } from 'node:path';
import type { Manifest } from '../model/index.ts';
import type { Data, DataMap } from '../util/data.ts';
import { utcMicros } from '../util/time.ts';
import { DBT_VERSION } from '../util/versions.ts';
import { writeJson } from './json-file.ts';

const SCHEMA = 'https://schemas.getdbt.com/dbt/catalog/v1.json';

/** One column of one relation, as the macro `get_catalog` names the fields: `table_schema`, `column_name`, `stats:rows:value`, ... */
export type CatalogRow = DataMap;

export interface CatalogColumn {
  readonly type: string;
  readonly index: number;
  readonly name: string;
  readonly comment: string | null;
}

export interface CatalogTable {
  readonly metadata: {
    readonly type: string;
    readonly schema: string;
    readonly name: string;
    readonly database: string | null;
    readonly comment: string | null;
    readonly owner: string | null;
  };
  readonly columns: Readonly<Record<string, CatalogColumn>>;
  readonly stats: Readonly<Record<string, DataMap>>;
  readonly unique_id: string | null;
}

export interface CatalogTables {
  readonly nodes: Readonly<Record<string, CatalogTable>>;
  readonly sources: Readonly<Record<string, CatalogTable>>;
}

export interface CatalogFile extends CatalogTables {
  readonly metadata: DataMap;
  readonly errors: readonly string[] | null;
}

/** The relations of `rows` that are nodes or sources of the project; `only` leaves out what was not selected. */
export function catalogTables(
  rows: readonly CatalogRow[],
  manifest: Manifest,
  only?: ReadonlySet<string>,
): CatalogTables {
  const nodes: Record<string, CatalogTable> = {};
  const sources: Record<string, CatalogTable> = {};
  const wanted = (id: string): boolean => only === undefined || only.has(id);
  const nodeIds = new Map(Object.values(manifest.nodes).map((node) => [key(node.schema, node.alias), node.unique_id]));
  const sourceIds = new Map<string, readonly string[]>();
  for (const { schema, identifier, unique_id } of Object.values(manifest.sources)) {
    const place = key(schema, identifier);
    sourceIds.set(place, [...(sourceIds.get(place) ?? []), unique_id]);
  }
  for (const [place, table] of tablesOf(rows)) {
    const id = nodeIds.get(place);
    if (id !== undefined && wanted(id)) nodes[id] = { ...table, unique_id: id };
    for (const unique_id of sourceIds.get(place) ?? [])
      if (wanted(unique_id)) sources[unique_id] = { ...table, unique_id };
  }
  return { nodes, sources };
}

export function writeCatalog(
  targetPath: string,
  tables: CatalogTables,
  about: { readonly id: string; readonly startedAt: string; readonly env: Readonly<Record<string, string>> },
): string {
  const path = join(targetPath, 'catalog.json');
  const file: CatalogFile = {
    metadata: {
      dbt_schema_version: SCHEMA,
      dbt_version: DBT_VERSION,
      generated_at: utcMicros(new Date()),
      invocation_id: about.id,
      invocation_started_at: about.startedAt,
      env: about.env,
    },
    ...tables,
    errors: null,
  };
  writeJson(path, file);
  return path;
}

/** Names are compared without their case, as dbt does. */
const key = (schema: string, name: string): string => `${schema.toLowerCase()}\u0000${name.toLowerCase()}`;

function tablesOf(rows: readonly CatalogRow[]): ReadonlyMap<string, CatalogTable> {
  const tables = new Map<string, CatalogTable & { columns: Record<string, CatalogColumn> }>();
  for (const row of rows) {
    const place = key(String(row['table_schema']), String(row['table_name']));
    const table = tables.get(place) ?? tableOf(row);
    tables.set(place, table);
    const name = String(row['column_name']);
    const index = Number(row['column_index']);
    table.columns[name] = { type: String(row['column_type']), index, name, comment: textOf(row['column_comment']) };
  }
  return tables;
}

function tableOf(row: CatalogRow): CatalogTable & { columns: Record<string, CatalogColumn> } {
  return {
    metadata: {
      type: String(row['table_type']),
      schema: String(row['table_schema']),
      name: String(row['table_name']),
      database: textOf(row['table_database']),
      comment: textOf(row['table_comment']),
      owner: textOf(row['table_owner']),
    },
    columns: {},
    stats: statsOf(row),
    unique_id: null,
  };
}

/** `stats:size:label`, `:value`, `:description`, `:include` make one statistic; `has_stats` says whether there is any. */
function statsOf(row: CatalogRow): Record<string, DataMap> {
  const names = new Set(
    Object.keys(row).flatMap((column) => (column.startsWith('stats:') ? [column.split(':')[1]!] : [])),
  );
  const stats: Record<string, DataMap> = {};
  for (const id of names) {
    const field = (part: string): Data => row[`stats:${id}:${part}`] ?? null;
    if (field('include') !== true) continue;
    stats[id] = {
      id,
      label: field('label'),
      value: field('value'),
      include: true,
      description: field('description'),
    };
  }
  const value = Object.keys(stats).length > 0;
  const description = 'Indicates whether there are statistics for this table';
  stats['has_stats'] = { id: 'has_stats', label: 'Has Stats?', value, include: false, description };
  return stats;
}

function textOf(value: Data | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
