import type { Dialect } from '../../context/index.ts';
import { TsdbtError } from '../../error/index.ts';
import type { FreshnessThreshold, NodeConfig, SourceNode } from '../../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import type { Configs } from '../config/configs.ts';
import { fqnOf } from '../files/paths.ts';
import type { Writable } from '../types.ts';
import { columnsOf } from './columns.ts';
import { sortedTags } from './exposures.ts';
import { mergedFreshness } from './freshness.ts';
import type { Entry } from './schema-file.ts';
import { flagOrNull, mapOr, maps, tagsOf, textOr, textOrNull } from './values.ts';

export interface SourceParts {
  readonly configs: Configs;
  readonly dialect: Dialect;
  readonly quoting: DataMap;
  readonly defaultDatabase: string;
  readonly createdAt: number;
}

/** One table of a source: the entry it stands in, its rendered source, and the table itself. */
export interface SourceTable {
  readonly entry: Entry;
  readonly source: DataMap;
  readonly table: DataMap;
  readonly index: number;
}

export function tablesOf(entry: Entry, source: DataMap): readonly SourceTable[] {
  return maps(source.tables).map((table, index) => ({ entry, source, table, index }));
}

/** A source table as the manifest shows it: the table's words over those of its source. Throws TSD1101. */
export function sourceNode(from: SourceTable, parts: SourceParts): Writable<SourceNode> {
  const { entry, source, table } = from;
  const { packageName, path, file } = entry.file.entry;
  const sourceName = String(source.name);
  const name = String(table.name);
  const fqn = [...fqnOf(packageName, path), sourceName, name];
  const subject = { kind: 'source', packageName, fqn } as const;
  const settings = tableSettings(source, table);
  const config = parts.configs.rendered(subject, { properties: settings });
  const quoting = quotingOf(source, table);
  const node: Writable<SourceNode> = {
    database: textOrNull(source.database) || parts.defaultDatabase,
    schema: textOrNull(source.schema) || sourceName,
    name,
    resource_type: 'source',
    package_name: packageName,
    path: file,
    original_file_path: file,
    unique_id: `source.${packageName}.${sourceName}.${name}`,
    fqn,
    source_name: sourceName,
    source_description: textOr(source.description, ''),
    loader: textOr(source.loader, ''),
    identifier: textOrNull(table.identifier) || name,
    quoting,
    loaded_at_field: textOrNull(config.loaded_at_field),
    loaded_at_query: textOrNull(config.loaded_at_query),
    freshness: (config.freshness ?? null) as unknown as FreshnessThreshold | null,
    external: externalOf(table.external ?? null),
    description: textOr(table.description, ''),
    columns: columnsOf(maps(table.columns)),
    meta: mapOr(config.meta),
    source_meta: { ...mapOr(source.meta), ...mapOr(mapOr(source.config).meta) },
    tags: tagsOf(config.tags),
    config: config as unknown as NodeConfig,
    patch_path: null,
    unrendered_config: parts.configs.unrendered(subject, { properties: settings }),
    relation_name: '',
    created_at: parts.createdAt,
    unrendered_database: textOrNull(entry.data.database),
    unrendered_schema: textOrNull(entry.data.schema),
    doc_blocks: [],
  };
  node.relation_name = parts.dialect.renderRelation({
    database: node.database,
    schema: parts.dialect.sourceSchema(node),
    identifier: node.identifier,
    quoting: { ...parts.quoting, ...withoutNulls(quoting) },
  });
  return node;
}

/** The table's configuration over its source's, with what may also stand beside `config`. */
function tableSettings(source: DataMap, table: DataMap): DataMap {
  const above = mapOr(source.config);
  const own = mapOr(table.config);
  const { freshness: _, ...settings } = { ...above, ...own };
  const freshness = mergedFreshness([source.freshness, above.freshness, table.freshness, own.freshness]);
  return {
    ...settings,
    ...(freshness !== undefined && { freshness }),
    ...loadedAt(source, table),
    meta: { ...mapOr(source.meta), ...mapOr(above.meta), ...mapOr(table.meta), ...mapOr(own.meta) },
    tags: sortedTags([...tagsOf(source.tags), ...tagsOf(above.tags), ...tagsOf(table.tags), ...tagsOf(own.tags)]),
  };
}

/** Column or query that tells when rows arrived. The word of a table, even null, hides that of its source. */
function loadedAt(source: DataMap, table: DataMap): DataMap {
  const field = (of: DataMap): string | null =>
    textOrNull(of.loaded_at_field) || textOrNull(mapOr(of.config).loaded_at_field);
  const query = (of: DataMap): string | null =>
    textOrNull(of.loaded_at_query) || textOrNull(mapOr(of.config).loaded_at_query);
  const tableSaysField = 'loaded_at_field' in table || field(table) !== null;
  if (tableSaysField && query(table) !== null) throw both('table');
  if (field(source) !== null && query(source) !== null) throw both('source');
  return {
    loaded_at_field: tableSaysField ? field(table) : field(source),
    loaded_at_query: query(table) ?? (tableSaysField ? null : query(source)),
  };
}

function both(level: string): TsdbtError {
  return new TsdbtError({
    code: 'TSD1101',
    message: `Cannot specify both loaded_at_field and loaded_at_query at ${level} level.`,
  });
}

function quotingOf(source: DataMap, table: DataMap): DataMap {
  const keys = ['database', 'schema', 'identifier', 'column'] as const;
  const of = (key: string): Data => flagOrNull(mapOr(table.quoting)[key]) ?? flagOrNull(mapOr(source.quoting)[key]);
  return Object.fromEntries(keys.map((key) => [key, of(key)]));
}

function externalOf(value: Data): Data {
  if (!isDataMap(value)) return null;
  const { location = null, file_format = null, row_format = null, tbl_properties = null, partitions = null } = value;
  const parts = Array.isArray(partitions) ? partitions.map(partitionOf) : null;
  return { ...value, location, file_format, row_format, tbl_properties, partitions: parts };
}

function partitionOf(value: Data): Data {
  return isDataMap(value) ? { name: '', description: '', data_type: '', meta: {}, ...value } : value;
}

function withoutNulls(map: DataMap): DataMap {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== null));
}
