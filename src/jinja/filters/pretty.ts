import { JinjaError } from '../errors.ts';
import { splitLines } from '../methods/string-split.ts';
import { compareValues } from '../ops/order.ts';
import { repr } from '../ops/text.ts';
import { isString, textOf, typeName } from '../ops/types.ts';
import { Dict } from '../values/dict.ts';
import type { Value } from '../values/object.ts';
import { PySet } from '../values/set.ts';
import { Tuple, tuple } from '../values/tuple.ts';

const WIDTH = 80;

/** Python's pprint: one line where it fits, else an item a line; dicts by their keys. */
export function prettyPrint(value: Value): string {
  return format(value, 0, 0, 0);
}

/** `indent`: the column the value starts at; `allowance`: what must still fit behind it. */
function format(value: Value, indent: number, allowance: number, level: number): string {
  const plain = repr(sorted(value));
  if (plain.length <= WIDTH - indent - allowance) return plain;
  if (value instanceof Dict && value.size > 0) return formatDict(value, indent, allowance, level);
  if (value instanceof Tuple) {
    const close = value.length === 1 ? ',)' : ')';
    return `(${formatItems(value, indent, allowance + close.length, level)}${close}`;
  }
  if (Array.isArray(value)) return `[${formatItems(value, indent, allowance + 1, level)}]`;
  if (value instanceof PySet) return `{${formatItems(inOrder([...value]), indent, allowance + 1, level)}}`;
  return isString(value) ? formatText(textOf(value), indent, allowance, level + 1) : plain;
}

function sorted(value: Value): Value {
  if (value instanceof Dict) return new Dict(entriesOf(value).map(([key, item]) => [key, sorted(item)] as const));
  if (value instanceof Tuple) return tuple(value.map(sorted));
  return Array.isArray(value) ? value.map(sorted) : value;
}

function entriesOf(dict: Dict): [Value, Value][] {
  return [...dict.entries()].sort((a, b) => compareKeys(a[0], b[0]));
}

function inOrder(items: Value[]): Value[] {
  return items.sort(compareKeys);
}

/** What cannot be compared is ordered by its type; an undefined value refuses to be compared. */
function compareKeys(a: Value, b: Value): number {
  try {
    return compareValues(a, b);
  } catch (error) {
    if (!(error instanceof JinjaError && error.isA('TypeError'))) throw error;
    return typeName(a) < typeName(b) ? -1 : 1;
  }
}

function formatDict(dict: Dict, indent: number, allowance: number, level: number): string {
  const parts = entriesOf(dict).map(([key, item], i) => {
    const name = repr(key);
    const room = i === dict.size - 1 ? allowance + 1 : 1;
    return `${name}: ${format(item, indent + 1 + name.length + 2, room, level + 1)}`;
  });
  return `{${parts.join(`,\n${' '.repeat(indent + 1)}`)}}`;
}

function formatItems(items: readonly Value[], indent: number, allowance: number, level: number): string {
  const parts = Array.from(items, (item, i) =>
    format(item, indent + 1, i === items.length - 1 ? allowance : 1, level + 1),
  );
  return parts.join(`,\n${' '.repeat(indent + 1)}`);
}

/** A long string as several literals, broken behind spaces; in brackets where it stands alone. */
function formatText(text: string, column: number, room: number, level: number): string {
  const alone = level === 1;
  const indent = alone ? column + 1 : column;
  const allowance = alone ? room + 1 : room;
  const lines = splitLines(text, true);
  const chunks: string[] = [];
  for (const [i, line] of lines.entries()) {
    const last = i === lines.length - 1;
    if (repr(line).length <= WIDTH - indent - (last ? allowance : 0)) chunks.push(repr(line));
    else chunks.push(...breakLine(line, WIDTH - indent, last ? allowance : 0));
  }
  if (chunks.length <= 1) return repr(text);
  const body = chunks.join(`\n${' '.repeat(indent)}`);
  return alone ? `(${body})` : body;
}

function breakLine(line: string, width: number, allowance: number): string[] {
  const chunks: string[] = [];
  const parts = line.match(/\S+\s*|\s+/g) ?? [];
  let current = '';
  for (const [j, part] of parts.entries()) {
    const room = j === parts.length - 1 ? width - allowance : width;
    if (repr(current + part).length <= room) current += part;
    else {
      if (current !== '') chunks.push(repr(current));
      current = part;
    }
  }
  if (current !== '') chunks.push(repr(current));
  return chunks;
}
