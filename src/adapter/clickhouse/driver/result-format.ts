import { decodeRows } from './decode.ts';
import type { ResultColumn } from './types.ts';

/** Names and types first, then a line of JSON for each row: compact, and every value is told apart by its column's type. */
export const RESULT_FORMAT = 'JSONCompactEachRowWithNamesAndTypes';

/**
 * For statements whose rows we read: without it NaN and infinities come as null. Not for others: it also changes what
 * toJSONString makes, and so what a model would store. (The settings that quote 64-bit integers and decimals do so to
 * far more: they are not used, see exactNumbers.)
 */
export const READ_SETTINGS = { output_format_json_quote_denormals: 1 } as const;

/** @param text a whole answer in RESULT_FORMAT */
export function parseResult(text: string): { readonly columns: ResultColumn[]; readonly rows: unknown[][] } {
  // A statement without rows to give (DDL) answers with nothing at all.
  const afterNames = text.indexOf('\n') + 1;
  const afterTypes = text.indexOf('\n', afterNames) + 1;
  if (afterTypes === 0) return { columns: [], rows: [] };
  const names = JSON.parse(text.slice(0, afterNames)) as string[];
  const types = JSON.parse(text.slice(afterNames, afterTypes)) as string[];
  // No line break within a row: JSON escapes them.
  const body = exactNumbers(text.slice(afterTypes).trimEnd(), types);
  const rows = JSON.parse(`[${body.replaceAll('\n', ',')}]`) as unknown[][];
  decodeRows(rows, types);
  return { columns: names.map((name, i) => ({ name, type: types[i] ?? '' })), rows };
}

/** Puts numbers that JSON.parse would round into quotes: integers beyond 2^53, and fractions where a type is decimal. */
function exactNumbers(body: string, types: readonly string[]): string {
  const decimals = types.some((type) => type.includes('Decimal'));
  if (!decimals && !/\d{16}/.test(body)) return body;
  return body.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) => {
    if (token.startsWith('"')) return token;
    return decimals || (token.length > 15 && /^-?\d+$/.test(token)) ? `"${token}"` : token;
  });
}
