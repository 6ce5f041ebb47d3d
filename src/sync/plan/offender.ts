import type { SyncDefinition } from '../types.ts';
import { decimalOf, integerOf, parseClickHouseType } from './clickhouse-type.ts';
import type { PlannedColumn } from './columns.ts';
import { textValue } from './encode/text.ts';
import { quoteValue } from './names.ts';
import { parsePostgresType } from './postgres-type.ts';
import type { Selection } from './selection.ts';
import type { TargetShape } from './shape.ts';

/** How the first row that Postgres cannot take is found: neither Postgres nor the stream knows rows by their key. */
export interface OffenderPlan {
  /** A query of ClickHouse that looks for what data usually gets wrong: column, key, value (both shortened). Undefined where no column can. */
  readonly search: string | undefined;
  /** For each column a query for the row with a value that Postgres named, and its text as COPY's text format has it. */
  readonly byValue: Readonly<
    Record<string, { readonly select: string; readonly text: string; readonly first: string }>
  >;
}

export function planOffender(
  definition: SyncDefinition,
  source: string,
  selection: Selection,
  columns: readonly PlannedColumn[],
  target: TargetShape | undefined,
): OffenderPlan {
  const known = columns.flatMap((column) => {
    const sql = selection.columns.find(({ name }) => name === column.name)?.sql;
    return sql === undefined ? [] : [{ column, name: column.name, sql }];
  });
  const checks = known.flatMap(({ column, name, sql }) => {
    const notNull = target?.columns.some((one) => one.notNull && one.name === name) ?? false;
    const isBad = badValue(column, notNull, sql);
    return isBad === undefined ? [] : [{ name, sql, isBad }];
  });
  const key = definition.key.flatMap((name) => selection.columns.find((column) => column.name === name) ?? []);
  const shownKey = key.map(({ name, sql }) => `${quoteValue(`${name} = `)}, ${shown(sql)}`).join(", ', ', ");
  const keySql = key.length > 0 ? `concat(${shownKey})` : "''";
  const first = `${key.length > 0 ? `ORDER BY ${key.map(({ sql }) => sql).join(', ')} ` : ''}LIMIT 1`;
  const pick = (of: (check: (typeof checks)[number]) => string) =>
    `multiIf(${checks.map((check) => `${check.isBad}, ${of(check)}`).join(', ')}, '')`;
  const search = `SELECT ${pick(({ name }) => quoteValue(name))} AS tsdbt_column, ${keySql} AS tsdbt_key,
    ${pick(({ sql }) => shown(sql))} AS tsdbt_value FROM ${source} WHERE tsdbt_column != '' ${first}`;
  const byValue = known.map(({ column, name, sql }) => {
    const select = `SELECT ${quoteValue(name)}, ${keySql}, ${shown(sql)} FROM ${source}`;
    return [name, { select, text: asText(column, sql), first }] as const;
  });
  return { search: checks.length === 0 ? undefined : search, byValue: Object.fromEntries(byValue) };
}

/** As the value goes to Postgres; NULL stays NULL. */
function asText({ sourceType, type }: PlannedColumn, sql: string): string {
  const source = parseClickHouseType(sourceType);
  const text = textValue(source, parsePostgresType(type), source.nullable ? `assumeNotNull(${sql})` : sql);
  return source.nullable ? `if(isNull(${sql}), NULL, ${text})` : text;
}

const SHOWN_CHARACTERS = 60;

function shown(sql: string): string {
  return `leftUTF8(toValidUTF8(replaceAll(ifNull(toString(${sql}), 'NULL'), '\\0', '\\\\0')), ${SHOWN_CHARACTERS})`;
}

const BITS: Readonly<Record<string, number>> = { smallint: 16, integer: 32, bigint: 64 };

function badValue(column: PlannedColumn, notNull: boolean, sql: string): string | undefined {
  const source = parseClickHouseType(column.sourceType);
  const value = source.nullable ? `assumeNotNull(${sql})` : sql;
  const bad = source.nullable && notNull ? [`isNull(${sql})`] : [];
  const known = badKnown(column, value);
  if (known.length > 0)
    bad.push(source.nullable ? `isNotNull(${sql}) AND (${known.join(' OR ')})` : known.join(' OR '));
  return bad.length === 0 ? undefined : `ifNull(${bad.map((one) => `(${one})`).join(' OR ')}, 0)`;
}

const FLOATS: Readonly<Record<string, string>> = { real: 'Float32', 'double precision': 'Float64' };

/** What is wrong with a value that is not NULL. */
function badKnown({ sourceType, type, strip }: PlannedColumn, x: string): string[] {
  const source = parseClickHouseType(sourceType);
  const target = parsePostgresType(type);
  if (target.array) return [];
  const isText = source.name === 'String';
  const isNumber =
    integerOf(source) !== undefined || decimalOf(source) !== undefined || source.name.startsWith('Float');
  const [, first, second = '0'] = /\((\d+)(?:,(\d+))?\)/.exec(target.text) ?? [];
  const bad: string[] = [];
  if (isText && !strip && target.name !== 'bytea') bad.push(`position(${x}, '\\0') > 0`, `NOT isValidUTF8(${x})`);
  if (isText && first !== undefined && target.name.startsWith('character')) bad.push(`lengthUTF8(${x}) > ${first}`);
  if (isText && target.name.startsWith('json')) bad.push(`NOT isValidJSON(${x})`);
  const bits = BITS[target.name];
  if (bits !== undefined && (isNumber || isText)) bad.push(`isNull(accurateCastOrNull(${x}, 'Int${bits}'))`);
  const float = FLOATS[target.name];
  if (float !== undefined && integerOf(source)) bad.push(`isNull(accurateCastOrNull(${x}, '${float}'))`);
  if (target.name === 'real' && source.name === 'Float64')
    bad.push(`isInfinite(toFloat32(${x})) AND NOT isInfinite(${x})`);
  if (target.name === 'jsonb' && source.name === 'Map') bad.push(`length(mapKeys(${x})) != arrayUniq(mapKeys(${x}))`);
  if (target.name === 'boolean' && integerOf(source)) bad.push(`${x} NOT IN (0, 1)`);
  if (target.name === 'numeric' && first !== undefined && isNumber) {
    bad.push(`NOT (abs(toFloat64(${x})) < 1e${Number(first) - Number(second)})`);
  }
  return bad;
}
