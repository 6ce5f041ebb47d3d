import { TsdbtError } from '../../error/index.ts';
import type { ColumnInfo, Constraint } from '../../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import { flagOrNull, mapOr, maps, tagsOf, textOr, textOrNull } from './values.ts';

const KNOWN = new Set([
  'name',
  'description',
  'meta',
  'data_type',
  'constraints',
  'docs',
  'config',
  'data_tests',
  'tests',
  'quote',
  'tags',
  'granularity',
  'dimension',
  'entity',
]);

/** A node's columns by name, in the order written; a later one of the same name wins, as in dbt. */
export function columnsOf(entries: readonly DataMap[]): Record<string, ColumnInfo> {
  return Object.fromEntries(entries.map((entry) => [textOr(entry.name, ''), columnInfo(entry)]));
}

function columnInfo(entry: DataMap): ColumnInfo {
  const name = textOr(entry.name, '');
  const config = mapOr(entry.config);
  const meta = { ...mapOr(entry.meta), ...mapOr(config.meta) };
  const tags = [...new Set([...tagsOf(entry.tags), ...tagsOf(config.tags)])];
  const extra = Object.fromEntries(Object.entries(entry).filter(([key]) => !KNOWN.has(key)));
  return {
    name,
    description: textOr(entry.description, ''),
    meta,
    data_type: textOrNull(entry.data_type),
    constraints: maps(entry.constraints).map((each) => columnConstraint(each, `column ${name}`)),
    quote: flagOrNull(entry.quote),
    config: { meta, tags },
    tags,
    granularity: textOrNull(entry.granularity),
    dimension: dimensionOf(entry.dimension ?? null, name),
    entity: entityOf(entry.entity ?? null, name),
    doc_blocks: [],
    ...extra,
  };
}

/** What the semantic layer sees in a column: a word, or a map in full. */
function dimensionOf(value: Data, column: string): Data {
  if (!isDataMap(value)) return value;
  const { validity_params: validity } = value;
  return {
    name: textOrNull(value.name) ?? column,
    type: value.type ?? null,
    description: textOr(value.description, ''),
    label: textOrNull(value.label),
    is_partition: value.is_partition === true,
    config: mapOr(value.config),
    validity_params: isDataMap(validity)
      ? { is_start: validity.is_start === true, is_end: validity.is_end === true }
      : null,
  };
}

function entityOf(value: Data, column: string): Data {
  if (!isDataMap(value)) return value;
  return {
    name: textOrNull(value.name) ?? column,
    type: value.type ?? null,
    description: textOr(value.description, ''),
    label: textOrNull(value.label),
    config: mapOr(value.config),
  };
}

const CONSTRAINT_TYPES = new Set(['check', 'not_null', 'unique', 'primary_key', 'foreign_key', 'custom']);

export function columnConstraint(entry: DataMap, owner: string): Constraint {
  if (!isConstraintType(entry.type)) {
    throw new TsdbtError({ code: 'TSD1101', message: `Invalid constraint type on ${owner}` });
  }
  return {
    type: entry.type,
    name: textOrNull(entry.name),
    expression: textOrNull(entry.expression),
    warn_unenforced: entry.warn_unenforced !== false,
    warn_unsupported: entry.warn_unsupported !== false,
    to: textOrNull(entry.to),
    to_columns: texts(entry.to_columns),
  };
}

export function modelConstraint(entry: DataMap, owner: string): Constraint {
  return { ...columnConstraint(entry, owner), columns: texts(entry.columns) };
}

export function isConstraintType(type: Data | undefined): type is string {
  return typeof type === 'string' && CONSTRAINT_TYPES.has(type);
}

function texts(value: Data | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
