import { DatabaseError, type DatabaseErrorInfo } from './database-error.ts';
import { hintFor } from './hints.ts';

/** ClickHouse's error texts: `Code: 60. DB::Exception: <text>. (UNKNOWN_TABLE) (version 26.7.2.1 (official build))`. */
const CODE = /Code: (\d+)\. DB::(?:\w+::)*\w*Exception: /g;
const NAME = /\(([A-Z][A-Z0-9_]{2,})\)(?=[^()]*(?:\(version|$))/;

/** @param text an answer of the server that holds an error, stack trace and all; undefined when it holds none. */
export function parseServerError(text: string, sql: string, queryId: string): DatabaseErrorInfo | undefined {
  const clean = text.split(/,? Stack trace(?: \(when copying|:)/)[0] ?? '';
  // A server that asked others repeats their error inside of its own: the innermost is the cause.
  const last = [...clean.matchAll(CODE)].at(-1);
  if (last === undefined) return undefined;
  const rest = clean.slice(last.index + last[0].length);
  const name = NAME.exec(rest) ?? /\(([A-Z][A-Z0-9_]{2,})\)/.exec(rest);
  const said = (name === null ? rest : rest.slice(0, name.index)).replace(/\(version [^\n]*$/, '').trim();
  return {
    number: Number(last[1]),
    name: name?.[1] ?? '',
    text: said,
    queryId,
    position: errorPosition(said, sql),
  };
}

/** Where in the statement a message points to: `failed at position 19 (x) (line 2, col 5)`; position counts bytes. */
export function errorPosition(text: string, sql: string): { line: number; col: number } | undefined {
  const position = /\bfailed at position (\d+)\b|\bat position (\d+)\b/.exec(text);
  if (position !== null) {
    const bytes = Number(position[1] ?? position[2]);
    const before = Buffer.from(sql)
      .subarray(0, Math.max(0, bytes - 1))
      .toString('utf8');
    const lines = before.split('\n');
    return { line: lines.length, col: (lines.at(-1) ?? '').length + 1 };
  }
  const place = /\(line (\d+), col (\d+)\)/.exec(text);
  return place === null ? undefined : { line: Number(place[1]), col: Number(place[2]) };
}

export function statementError(info: DatabaseErrorInfo, cause?: unknown): DatabaseError {
  const name = info.name === '' ? '' : ` (${info.name})`;
  return new DatabaseError(
    'TSD3001',
    info,
    `Code: ${info.number}. DB::Exception: ${info.text}${name}`,
    hintFor(info),
    cause,
  );
}
