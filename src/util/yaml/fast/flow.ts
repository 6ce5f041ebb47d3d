import type { Data } from '../../data.ts';
import { keyText, resolvePlain } from '../scalar.ts';
import { type Cursor, lineEnd, readAlias, unusual } from './cursor.ts';
import { readQuoted } from './quoted.ts';

/** A `[...]` or `{...}` at the cursor, which goes behind it. */
export function readFlow(cursor: Cursor): Data {
  return cursor.text[cursor.pos] === '[' ? readList(cursor) : readMap(cursor);
}

function readList(cursor: Cursor): Data {
  const items: Data[] = [];
  cursor.pos++;
  for (;;) {
    skip(cursor);
    if (take(cursor, ']')) return items;
    items.push(readValue(cursor));
    skip(cursor);
    if (!take(cursor, ',') && cursor.text[cursor.pos] !== ']') unusual();
  }
}

function readMap(cursor: Cursor): Data {
  const entries: [string, Data][] = [];
  const seen = new Set<string>();
  cursor.pos++;
  for (;;) {
    skip(cursor);
    if (take(cursor, '}')) return Object.fromEntries(entries);
    const key = readKey(cursor);
    if (seen.has(key) || key === '<<') unusual();
    seen.add(key);
    skip(cursor);
    entries.push([key, take(cursor, ':') ? readPairValue(cursor) : null]);
    skip(cursor);
    if (!take(cursor, ',') && cursor.text[cursor.pos] !== '}') unusual();
  }
}

function readPairValue(cursor: Cursor): Data {
  skip(cursor);
  const char = cursor.text[cursor.pos];
  return char === ',' || char === '}' ? null : readValue(cursor);
}

function readKey(cursor: Cursor): string {
  const char = cursor.text[cursor.pos];
  if (char === '"' || char === "'") {
    const start = cursor.pos;
    const key = readQuoted(cursor);
    return cursor.text.slice(start, cursor.pos).includes('\n') ? unusual() : key;
  }
  return keyText(resolvePlain(readPlain(cursor)));
}

function readValue(cursor: Cursor): Data {
  const char = cursor.text[cursor.pos];
  if (char === '[' || char === '{') return readFlow(cursor);
  if (char === '*') return readAlias(cursor);
  if (char === '"' || char === "'") return readQuoted(cursor);
  return resolvePlain(readPlain(cursor));
}

/** Up to a comma, a bracket, or a colon that ends a key. Whatever could be read in two ways is left to the other reader. */
const PLAIN = /[^\s\-?:,[\]{}#&*!|>'"%@`=]|-(?=[^\s,[\]{}?:])/y;
const REST = /(?:[^\n,[\]{}?:# ]| +(?=[^\n,[\]{}?:# ])|:(?=[^\s,[\]{}?:#])|(?<=[^ ])#)*/y;
const END = /(?: *:[ \n])|(?: *(?: #[^\n]*)?\n| )*[,\]}]/y;

function readPlain(cursor: Cursor): string {
  PLAIN.lastIndex = cursor.pos;
  const first = PLAIN.exec(cursor.text) ?? unusual();
  REST.lastIndex = cursor.pos + first[0].length;
  const rest = REST.exec(cursor.text)?.[0] ?? '';
  cursor.pos += first[0].length + rest.length;
  END.lastIndex = cursor.pos;
  return END.test(cursor.text) ? first[0] + rest : unusual();
}

/** Goes over spaces, line breaks and comments. */
function skip(cursor: Cursor): void {
  const { text } = cursor;
  for (;;) {
    const char = text[cursor.pos];
    if (char === ' ' || char === '\n') cursor.pos++;
    else if (char === '#' && /\s/.test(text[cursor.pos - 1] ?? '')) cursor.pos = lineEnd(cursor, cursor.pos);
    else return;
  }
}

function take(cursor: Cursor, char: string): boolean {
  if (cursor.text[cursor.pos] !== char) return false;
  cursor.pos++;
  return true;
}
