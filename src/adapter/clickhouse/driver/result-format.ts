import { decodeRows } from './decode.ts';
import type { ResultColumn } from './types.ts';

/** Ends with the number of its rows, so that an answer that was cut off, however neatly, is seen to be one. */
export const RESULT_FORMAT = 'JSONCompact';

/**
 * For statements whose rows we read: without it NaN and infinities come as null. Not for others: it also changes what
 * toJSONString makes, and so what a model would store. (The settings that quote 64-bit integers and decimals do so to
 * far more: they are not used, see exactNumbers.)
 */
export const READ_SETTINGS = {
  output_format_json_quote_denormals: 1,
  // Older servers would put an error that comes late into the answer, as if it were part of it.
  http_write_exception_in_output_format: 0,
} as const;

/** An answer that is not what the server wrote. */
export class BrokenAnswer extends Error {}

interface Answer {
  readonly data: unknown[][];
  readonly rows: number | string;
  readonly exception?: string;
}

/** @param text a whole answer in RESULT_FORMAT. Throws BrokenAnswer. */
export function parseResult(text: string): { readonly columns: readonly ResultColumn[]; readonly rows: unknown[][] } {
  // A statement without rows to give (DDL) answers with nothing at all.
  if (text === '') return { columns: [], rows: [] };
  // Within values line breaks are escaped: this one is the answer's own.
  const at = text.indexOf('\n\t"data":');
  const { meta } = parseJson<{ readonly meta: readonly ResultColumn[] }>(
    `${text.slice(0, at).trimEnd().slice(0, -1)}}`,
  );
  const types = meta.map(({ type }) => type);
  const { data, rows, exception } = parseJson<Answer>(`{${exactNumbers(text.slice(at), types)}`);
  if (exception !== undefined) throw new BrokenAnswer(exception);
  if (data.length !== Number(rows)) throw new BrokenAnswer(`the answer has ${data.length} rows, not ${rows}`);
  decodeRows(data, types);
  return { columns: meta.map(({ name, type }) => ({ name, type })), rows: data };
}

function parseJson<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new BrokenAnswer('the answer was cut off', { cause });
  }
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
