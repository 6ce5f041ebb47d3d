import { literal, quoteName } from '../driver/literal.ts';
import type { Claim, LedgerName } from './types.ts';

/** As the sync's files have them: 64-bit integers are numbers, what is no number is null. */
const PAYLOAD_SETTINGS = 'output_format_json_quote_64bit_integers = 0, output_format_json_quote_denormals = 0';

/** Rows of the select that the ledger does not know, with their key and themselves as JSON, cut into batches in the select's own order. */
export function claimSql(
  table: string,
  name: LedgerName,
  { id, sql, key, batch, limit }: Claim,
  columns: readonly (readonly [string, string])[],
): string {
  const row = columns.map(([column]) => quoteName(column)).join(', ');
  const type = columns.map(([column, type]) => `${quoteName(column)} ${type}`).join(', ');
  const constants = [name.project, name.target, name.delivery].map(literal).join(', ');
  // A number of nine digits sorts as text too.
  const number = `leftPad(toString(intDiv(rowNumberInAllBlocks(), ${batch})), 9, '0')`;
  return `INSERT INTO ${table} (project, target, delivery, key, batch, state, revision, tries, reason, payload)
SELECT ${constants}, tsdbt_key, concat(${literal(`${id}-`)}, ${number}), 'open', 1, 0, '', tsdbt_payload
FROM (
  SELECT ${keySql(key)} AS tsdbt_key, toJSONString(CAST(tuple(${row}), ${literal(`Tuple(${type})`)})) AS tsdbt_payload
  FROM (
${sql}
  ) AS tsdbt_rows
  WHERE ${unknownTo(table, name, key)}
  LIMIT 1 BY tsdbt_key
  LIMIT ${limit}
)
SETTINGS ${PAYLOAD_SETTINGS}`;
}

/** How many a claim would take. Without a table nothing was ever sent. */
export function dueSql(table: string | undefined, name: LedgerName, { sql, key }: Pick<Claim, 'sql' | 'key'>): string {
  return `SELECT uniqExact(${keySql(key)}) FROM (\n${sql}\n) AS tsdbt_rows WHERE ${unknownTo(table, name, key)}`;
}

export function ownerIs({ project, target }: Omit<LedgerName, 'delivery'>): string {
  return `project = ${literal(project)} AND target = ${literal(target)}`;
}

/** A row without a key could not be told from another, so it is an error, whatever the ledger knows. */
function unknownTo(table: string | undefined, name: LedgerName, key: readonly string[]): string {
  const nulls = key.map((column) => `isNull(${quoteName(column)})`).join(' OR ');
  const hasKey = `NOT throwIf(${nulls}, ${literal(`a row has no ${key.join(', ')}: NULL is no key`)})`;
  if (table === undefined) return hasKey;
  const known = `SELECT key FROM ${table} WHERE ${ownerIs(name)} AND delivery = ${literal(name.delivery)}`;
  return `${hasKey} AND ${keySql(key)} NOT IN (${known})`;
}

/** One value as it is, several as a JSON array: two keys never read alike. */
function keySql(key: readonly string[]): string {
  const texts = key.map((column) => `assumeNotNull(toString(${quoteName(column)}))`);
  return texts.length === 1 ? texts[0]! : `toJSONString([${texts.join(', ')}])`;
}
