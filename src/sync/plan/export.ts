import type { SyncDefinition } from '../types.ts';
import { parseClickHouseType } from './clickhouse-type.ts';
import type { PlannedColumn } from './columns.ts';
import { binaryField } from './encode/binary.ts';
import { constant } from './encode/bytes.ts';
import { textValue } from './encode/text.ts';
import { enrichedNames, ID_LOOKUP, type PlannedLookup } from './lookup.ts';
import { quoteColumn } from './names.ts';
import { parsePostgresType } from './postgres-type.ts';
import type { Selection } from './selection.ts';

/** Around the rows of binary COPY: signature, flags and extension; then the mark of the end. */
export const BINARY_HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
export const BINARY_TRAILER = Buffer.from('ffff', 'hex');

/** Printing that does not depend on the server's or the user's defaults. */
export const EXPORT_SETTINGS: Readonly<Record<string, string | number>> = {
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_denormals: 0,
  output_format_json_named_tuples_as_objects: 1,
  date_time_output_format: 'iso',
  bool_true_representation: 'true',
  bool_false_representation: 'false',
};

/** ClickHouse's own limits are for what people write; a wide table's rows are encoded by more. Sent only where needed: not everybody may set them. */
export function sizeSettings(sql: string): Readonly<Record<string, string | number>> {
  if (sql.length < 100_000) return {};
  return {
    max_query_size: 2 * Buffer.byteLength(sql),
    max_ast_elements: 10_000_000,
    max_expanded_ast_elements: 10_000_000,
  };
}

/** The rows before encoding: the selected columns, what look-ups found, and the id. `source` is SQL of a table or a query in parentheses. */
export function rowsSql(
  source: string,
  selection: Selection,
  lookups: readonly PlannedLookup[],
  definition: SyncDefinition,
  firstId: bigint,
): string {
  const keys = lookups.flatMap((lookup) => lookup.keys.map((sql, i) => `${sql} AS ${lookup.name}_k${i + 1}`));
  const select = [...selection.columns.map(({ name, sql }) => `${sql} AS ${quoteColumn(`tsdbt_${name}`)}`), ...keys];
  const base = `SELECT ${select.join(', ')} FROM ${source}`;
  const joins = lookups.map((lookup) => {
    const on = lookup.keys.map((_, i) => `r.${lookup.name}_k${i + 1} = ${lookup.name}.k${i + 1}`);
    return ` LEFT ANY JOIN ${lookup.name} ON ${on.join(' AND ')}`;
  });
  const columns = selection.columns.map(({ name }) => `r.${quoteColumn(`tsdbt_${name}`)} AS ${quoteColumn(name)}`);
  const id =
    definition.id && lookups.some((lookup) => lookup.name === ID_LOOKUP)
      ? [idSql(definition.id.column, lookups, firstId)]
      : [];
  const found = enrichedNames(definition).map((name) => `${firstMatch(name, lookups)} AS ${quoteColumn(name)}`);
  return `SELECT ${[...id, ...columns, ...found].join(', ')} FROM (${base}) AS r${joins.join('')}`;
}

/** Whether a look-up matched is a column of its own, because its values may be NULL. */
function firstMatch(name: string, lookups: readonly PlannedLookup[]): string {
  const giving = lookups.filter(
    (lookup) => lookup.name !== ID_LOOKUP && lookup.values.some((value) => value.name === name),
  );
  const sqlOf = (lookup: PlannedLookup) => lookup.values.find((value) => value.name === name)!.sql;
  if (giving.length === 1) return sqlOf(giving[0]!);
  return `multiIf(${giving.map((lookup) => `${lookup.name}.found = 1, ${sqlOf(lookup)}`).join(', ')}, NULL)`;
}

function idSql(column: string, lookups: readonly PlannedLookup[], firstId: bigint): string {
  const known = lookups.find((lookup) => lookup.name === ID_LOOKUP)!.values[0]!.sql;
  return `ifNull(${known}, toInt64(${firstId} + rowNumberInAllBlocks())) AS ${quoteColumn(column)}`;
}

/** What stands around the rows' SQL to make them COPY's input. */
export interface Encoding {
  readonly before: string;
  readonly after: string;
}

/** One value per row: the whole row as bytes of binary COPY. */
export function binaryEncoding(columns: readonly PlannedColumn[]): Encoding {
  const fields = columns.map((column) => encoded(column)!);
  return {
    before: `SELECT concat(${constant(columns.length, 2)}, ${fields.join(', ')}) FROM (`,
    after: ') FORMAT RawBLOB',
  };
}

/** The columns of which `binaryEncoding` cannot be made. */
export function withoutEncoder(columns: readonly PlannedColumn[]): PlannedColumn[] {
  return columns.filter((column) => encoded(column) === undefined);
}

function encoded(column: PlannedColumn): string | undefined {
  return binaryField(parseClickHouseType(column.sourceType), parsePostgresType(column.type), valueSql(column));
}

export function textEncoding(columns: readonly PlannedColumn[]): Encoding {
  // No aliases: they would stand for source columns of the same name in the other expressions.
  const values = columns.map((column) => {
    const type = parseClickHouseType(column.sourceType);
    const text = textValue(
      type,
      parsePostgresType(column.type),
      type.nullable ? `assumeNotNull(${valueSql(column)})` : valueSql(column),
    );
    return type.nullable ? `if(isNull(${valueSql(column)}), NULL, ${text})` : text;
  });
  return { before: `SELECT ${values.join(', ')} FROM (`, after: ') FORMAT TabSeparated' };
}

/** NUL goes first: cutting it out afterwards would damage what merely looks like its escape. */
function valueSql(column: PlannedColumn): string {
  const name = quoteColumn(column.name);
  return column.strip ? `toValidUTF8(replaceAll(${name}, '\\0', ''))` : name;
}
