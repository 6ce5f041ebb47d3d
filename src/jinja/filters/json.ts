import { typeError, valueError } from '../errors.ts';
import { sortValues } from '../methods/sort.ts';
import { str } from '../ops/text.ts';
import { isInt, isString, requireInt, textOf, typeName } from '../ops/types.ts';
import { Dict } from '../values/dict.ts';
import { formatFloat, PyFloat } from '../values/float.ts';
import { Markup } from '../values/markup.ts';
import type { Value } from '../values/object.ts';

const NAMES: Readonly<Record<string, string>> = { nan: 'NaN', inf: 'Infinity', '-inf': '-Infinity' };

/** JSON as Python's json.dumps writes it: a space after colons and commas. */
export function dumps(value: Value, indent: string | undefined, sortKeys: boolean, asciiOnly = true): string {
  const text = write(value, indent, sortKeys, '\n');
  return asciiOnly ? escaped(text) : text;
}

function write(value: Value, indent: string | undefined, sortKeys: boolean, newline: string): string {
  if (isString(value)) return quote(textOf(value));
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (isInt(value)) return String(value);
  if (value instanceof PyFloat) return NAMES[formatFloat(value.value)] ?? formatFloat(value.value);
  if (typeof value !== 'object' || !(Array.isArray(value) || value instanceof Dict)) {
    throw typeError(`Object of type ${typeName(value)} is not JSON serializable`);
  }
  if (open.has(value)) throw valueError('Circular reference detected');
  open.add(value);
  try {
    return writeContainer(value, indent, sortKeys, newline);
  } finally {
    open.delete(value);
  }
}

/** The containers being written. */
const open = new Set<object>();

function writeContainer(
  value: readonly Value[] | Dict,
  indent: string | undefined,
  sortKeys: boolean,
  newline: string,
): string {
  const inner = indent === undefined ? newline : newline + indent;
  if (Array.isArray(value)) {
    return wrap(
      '[',
      value.map((item) => write(item, indent, sortKeys, inner)),
      ']',
      indent,
      newline,
    );
  }
  const entries = [...(value as Dict).entries()];
  const ordered = sortKeys ? sortValues(entries, (entry) => entry[0], false) : entries;
  const parts = ordered.map(([key, item]) => `${quote(keyText(key))}: ${write(item, indent, sortKeys, inner)}`);
  return wrap('{', parts, '}', indent, newline);
}

function wrap(
  open: string,
  parts: readonly string[],
  close: string,
  indent: string | undefined,
  newline: string,
): string {
  if (parts.length === 0) return open + close;
  if (indent === undefined) return open + parts.join(', ') + close;
  const inner = newline + indent;
  return open + inner + parts.join(`,${inner}`) + newline + close;
}

function keyText(key: Value): string {
  if (isString(key)) return textOf(key);
  if (key === null) return 'null';
  if (typeof key === 'boolean') return String(key);
  if (isInt(key) || key instanceof PyFloat) return str(key);
  throw typeError(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
}

function quote(text: string): string {
  return JSON.stringify(text);
}

/** What is not ASCII stands in strings alone, so that the whole text can be escaped at once. */
function escaped(text: string): string {
  return text.replace(/[\x7f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The `tojson` filter: sorted keys, and characters that HTML would take for its own written as escapes. */
export function toJson(value: Value, indent: Value): Markup {
  const step =
    indent === null ? undefined : isString(indent) ? textOf(indent) : ' '.repeat(Math.max(0, requireInt(indent)));
  const text = dumps(value, step, true);
  return new Markup(text.replace(/[<>&']/g, (char) => `\\u00${char.charCodeAt(0).toString(16).padStart(2, '0')}`));
}
