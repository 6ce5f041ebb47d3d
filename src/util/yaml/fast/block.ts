import { type Data, type DataMap, isDataMap } from '../../data.ts';
import { keyText, resolvePlain } from '../scalar.ts';
import { readBlockScalar } from './block-scalar.ts';
import { type Cursor, finishLine, lineEnd, nextLine, readAlias, readName, skipSpaces, unusual } from './cursor.ts';
import { readFlow } from './flow.ts';
import { readQuoted } from './quoted.ts';

/** The node on the lines from the cursor on that are indented by more than `parent`; null where there is none. */
export function readNode(cursor: Cursor, parent: number): Data {
  const indent = nextLine(cursor);
  if (indent <= parent) return null;
  if (isItem(cursor, cursor.pos + indent)) return readList(cursor, indent);
  cursor.pos += indent;
  return readInline(cursor, indent, parent);
}

/** What stands on the rest of a line at column `column`: a mapping that begins here, or one value. */
function readInline(cursor: Cursor, column: number, parent: number): Data {
  if (keyAt(cursor) !== null) return readMap(cursor, column);
  return readValue(cursor, parent);
}

function readList(cursor: Cursor, indent: number): Data {
  const items: Data[] = [];
  for (;;) {
    cursor.pos += indent + 1;
    const start = cursor.pos;
    skipSpaces(cursor);
    const column = indent + 1 + cursor.pos - start;
    if (isLineOver(cursor)) {
      finishLine(cursor);
      items.push(readNode(cursor, indent));
    } else if (isItem(cursor, cursor.pos)) {
      cursor.pos -= column;
      items.push(readList(cursor, column));
    } else items.push(readInline(cursor, column, indent));
    const next = nextLine(cursor);
    if (next > indent) unusual();
    if (next < indent || !isItem(cursor, cursor.pos + indent)) return items;
  }
}

/** A mapping whose first key is at the cursor. */
function readMap(cursor: Cursor, indent: number): Data {
  const merged: [string, Data][] = [];
  const entries: [string, Data][] = [];
  const seen = new Set<string>();
  for (;;) {
    const found = keyAt(cursor) ?? unusual();
    cursor.pos = found.valueAt;
    const value = readEntryValue(cursor, indent);
    if (found.key === '<<' && !found.isQuoted) merged.push(...mergedEntries(value));
    else {
      // The other reader says where the second one stands.
      if (seen.has(found.key)) unusual();
      seen.add(found.key);
      entries.push([found.key, value]);
    }
    const next = nextLine(cursor);
    if (next > indent) unusual();
    if (next < indent) return Object.fromEntries([...merged, ...entries]);
    cursor.pos += indent;
  }
}

function mergedEntries(value: Data): [string, Data][] {
  if (Array.isArray(value)) return [...value].reverse().flatMap(mergedEntries);
  return isDataMap(value) ? Object.entries(value as DataMap) : unusual();
}

function readEntryValue(cursor: Cursor, indent: number): Data {
  skipSpaces(cursor);
  if (cursor.text[cursor.pos] === '&') {
    const name = readName(cursor);
    if (!/[ \n]/.test(cursor.text[cursor.pos] ?? '')) unusual();
    const value = readEntryValue(cursor, indent);
    cursor.anchors.set(name, value);
    return value;
  }
  if (!isLineOver(cursor)) return readValue(cursor, indent);
  finishLine(cursor);
  const next = nextLine(cursor);
  // A list may stand as far left as the key that it belongs to.
  if (next === indent && isItem(cursor, cursor.pos + indent)) return readList(cursor, indent);
  return readNode(cursor, indent);
}

/** One scalar, flow collection or alias, with which its line ends. */
function readValue(cursor: Cursor, parent: number): Data {
  switch (cursor.text[cursor.pos]) {
    case '|':
    case '>':
      return readBlockScalar(cursor, parent);
    case '"':
    case "'":
      return withLine(cursor, readQuoted(cursor));
    case '[':
    case '{':
      return withLine(cursor, readFlow(cursor));
    case '*':
      return withLine(cursor, readAlias(cursor));
    default:
      return readPlain(cursor, parent);
  }
}

function withLine(cursor: Cursor, value: Data): Data {
  finishLine(cursor);
  return value;
}

const PLAIN_START = /^(?:[^\s\-?:,[\]{}#&*!|>'"%@`=]|[-?:](?=[^\s]))/;

/** A plain scalar, over as many lines as are indented by more than `parent`. */
function readPlain(cursor: Cursor, parent: number): Data {
  const first = plainLine(cursor);
  if (!PLAIN_START.test(first.text)) unusual();
  let text = first.text;
  let line = first;
  for (let more = continuation(cursor, parent); more !== null; more = continuation(cursor, parent)) {
    // What comes after a comment cannot belong to the scalar any more.
    if (line.hasComment) unusual();
    cursor.pos += more.indent;
    line = plainLine(cursor);
    text += (more.blank === 0 ? ' ' : '\n'.repeat(more.blank)) + line.text;
  }
  return resolvePlain(text);
}

/** Whether the next line with content goes on with the scalar, and how many empty lines stand before it. */
function continuation(cursor: Cursor, parent: number): { blank: number; indent: number } | null {
  const start = cursor.pos;
  const indent = nextLine(cursor);
  if (indent <= parent) return null;
  const between = cursor.text.slice(start, cursor.pos);
  if (between.includes('#')) unusual();
  return { blank: between.split('\n').length - 1, indent };
}

/** The rest of the line as part of a plain scalar; the cursor goes to the next line. */
function plainLine(cursor: Cursor): { text: string; hasComment: boolean } {
  const end = lineEnd(cursor, cursor.pos);
  const line = cursor.text.slice(cursor.pos, end);
  cursor.pos = end + 1;
  const comment = line.indexOf(' #');
  const text = (comment === -1 ? line : line.slice(0, comment)).trimEnd();
  return text === '' || /:(?: |$)/.test(text) ? unusual() : { text, hasComment: comment !== -1 };
}

interface Key {
  readonly key: string;
  readonly isQuoted: boolean;
  readonly valueAt: number;
}

/** The key of a mapping at the cursor, which stays; null where the line has none. */
function keyAt(cursor: Cursor): Key | null {
  const { text, pos } = cursor;
  const char = text[pos] as string;
  if (char === '"' || char === "'") return quotedKeyAt(cursor);
  if ('[{|>*&!%@`,]}#'.includes(char)) return '[{|>*'.includes(char) ? flowKeyAt(cursor) : unusual();
  const end = lineEnd(cursor, pos);
  for (let colon = text.indexOf(':', pos); colon !== -1 && colon < end; colon = text.indexOf(':', colon + 1)) {
    const after = text.charCodeAt(colon + 1);
    if (after !== 32 && after !== 10 && colon + 1 !== text.length) continue;
    const written = text.slice(pos, colon).trimEnd();
    if (written.includes(' #') || !PLAIN_START.test(written)) unusual();
    return { key: keyText(resolvePlain(written)), isQuoted: false, valueAt: colon + 1 };
  }
  return null;
}

function quotedKeyAt(cursor: Cursor): Key | null {
  const start = cursor.pos;
  const key = readQuoted(cursor);
  const isOneLine = !cursor.text.slice(start, cursor.pos).includes('\n');
  skipSpaces(cursor);
  const isKey = cursor.text[cursor.pos] === ':' && /[\s]|^$/.test(cursor.text[cursor.pos + 1] ?? '');
  const valueAt = cursor.pos + 1;
  cursor.pos = start;
  if (!isKey) return null;
  return isOneLine ? { key, isQuoted: true, valueAt } : unusual();
}

/** A collection or an alias as a key is for the other reader. */
function flowKeyAt(cursor: Cursor): null {
  const line = cursor.text.slice(cursor.pos, lineEnd(cursor, cursor.pos));
  return /[\]}\w] *:(?: |$)/.test(line) && !/^[[{|>]/.test(line) ? unusual() : null;
}

function isItem({ text }: Cursor, at: number): boolean {
  if (text[at] !== '-') return false;
  const after = text[at + 1];
  return after === ' ' || after === '\n' || after === undefined;
}

function isLineOver({ text, pos }: Cursor): boolean {
  const char = text[pos];
  return char === undefined || char === '\n' || (char === '#' && text[pos - 1] === ' ');
}
