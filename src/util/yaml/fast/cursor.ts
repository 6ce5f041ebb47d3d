import type { Data } from '../../data.ts';

/** Thrown, and caught by `readFast`, where a text uses more of YAML than the fast reader knows. */
export class Unusual extends Error {}

export function unusual(): never {
  throw UNUSUAL;
}
const UNUSUAL = new Unusual('more of YAML than the fast reader knows');

/** A text with a place in it, and what has been named by anchors. */
export interface Cursor {
  readonly text: string;
  pos: number;
  readonly anchors: Map<string, Data>;
}

export function lineEnd({ text }: Cursor, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

export function skipSpaces(cursor: Cursor): void {
  while (cursor.text.charCodeAt(cursor.pos) === 32) cursor.pos++;
}

/** After a value: nothing but spaces and a comment may follow; the cursor goes to the next line. */
export function finishLine(cursor: Cursor): void {
  const { text } = cursor;
  skipSpaces(cursor);
  const char = text[cursor.pos];
  if (char !== undefined && char !== '\n' && !(char === '#' && text[cursor.pos - 1] === ' ')) unusual();
  cursor.pos = lineEnd(cursor, cursor.pos) + 1;
}

/**
 * Goes to the start of the next line that has content, from the start of a line, and returns how far that is indented;
 * -1 at the end of the text.
 */
export function nextLine(cursor: Cursor): number {
  const { text } = cursor;
  while (cursor.pos < text.length) {
    const start = cursor.pos;
    let at = start;
    while (text.charCodeAt(at) === 32) at++;
    const char = text[at];
    if (char !== '\n' && char !== '#' && char !== undefined) return at - start;
    cursor.pos = lineEnd(cursor, at) + 1;
  }
  return -1;
}

/** The name after `&` or `*`. */
export function readName(cursor: Cursor): string {
  const start = cursor.pos + 1;
  let end = start;
  while (/[\w-]/.test(cursor.text[end] ?? '')) end++;
  if (end === start) unusual();
  cursor.pos = end;
  return cursor.text.slice(start, end);
}

/** The value that an alias stands for. */
export function readAlias(cursor: Cursor): Data {
  const value = cursor.anchors.get(readName(cursor));
  return value === undefined ? unusual() : value;
}
