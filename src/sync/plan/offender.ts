import type { SyncDefinition } from '../types.ts';
import { decimalOf, integerOf, parseClickHouseType } from './clickhouse-type.ts';
import type { PlannedColumn } from './columns.ts';
import { quoteValue } from './names.ts';
import { parsePostgresType } from './postgres-type.ts';
import type { Selection } from './selection.ts';
import type { TargetShape } from './shape.ts';

/**
 * A query of ClickHouse for the first row that Postgres cannot take: column, key, value (both shortened). It looks for
 * what data usually gets wrong; undefined where no column can. Neither Postgres nor the stream knows rows by their key.
 */
export function offenderSql(
  definition: SyncDefinition,
  source: string,
  selection: Selection,
  columns: readonly PlannedColumn[],
  target: TargetShape | undefined,
): string | undefined {
  const checks = columns.flatMap((column) => {
    const sql = selection.columns.find(({ name }) => name === column.name)?.sql;
    const notNull = target?.columns.some(({ name, notNull }) => notNull && name === column.name) ?? false;
    const isBad = sql === undefined ? undefined : badValue(column, notNull, sql);
    return isBad === undefined ? [] : [{ name: column.name, sql: sql!, isBad }];
  });
  if (checks.length === 0) return undefined;
  const key = definition.key.flatMap((name) => selection.columns.find((column) => column.name === name) ?? []);
  const shownKey = key.map(({ name, sql }) => `${quoteValue(`${name} = `)}, ${shown(sql)}`).join(", ', ', ");
  const pick = (of: (check: (typeof checks)[number]) => string) =>
    `multiIf(${checks.map((check) => `${check.isBad}, ${of(check)}`).join(', ')}, '')`;
  return `SELECT ${pick(({ name }) => quoteValue(name))} AS tsdbt_column, ${key.length > 0 ? `concat(${shownKey})` : "''"} AS tsdbt_key,
    ${pick(({ sql }) => shown(sql))} AS tsdbt_value FROM ${source} WHERE tsdbt_column != '' ORDER BY tsdbt_key LIMIT 1`;
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
