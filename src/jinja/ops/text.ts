import { valueError } from '../errors.ts';
import { Dict } from '../values/dict.ts';
import { formatFloat, PyFloat } from '../values/float.ts';
import { DictView, PyIterator } from '../values/iterator.ts';
import { Markup, StrSubclass } from '../values/markup.ts';
import { BoundMethod, HostFunction, PyObject, PyType } from '../values/object.ts';
import { PyRange } from '../values/range.ts';
import { PySet } from '../values/set.ts';
import { NamedTuple, Tuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import { typeName } from './types.ts';

/** Python's str(). */
export function str(value: any): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return String(value);
    case 'bigint':
      return bigText(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      if (value === null) return 'None';
      if (value instanceof StrSubclass) return value.value;
      if (value instanceof Undefined) return value.toText();
      if (value instanceof PyObject) return value.pyStr();
      return repr(value);
  }
}

const LONGEST = 10n ** 4300n;

/** Python writes no integer of more than 4300 digits, for the time that takes. */
function bigText(value: bigint): string {
  if (value < LONGEST && value > -LONGEST) return String(value);
  throw valueError(
    'Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit',
  );
}

/** Python's repr(). */
export function repr(value: any): string {
  if (typeof value === 'string') return reprString(value);
  if (typeof value !== 'object' || value === null) return str(value);
  if (value instanceof PyFloat) return formatFloat(value.value);
  if (value instanceof Markup) return `Markup(${reprString(value.value)})`;
  if (value instanceof StrSubclass) return reprString(value.value);
  if (Array.isArray(value) || value instanceof Dict || value instanceof PySet || value instanceof DictView) {
    return reprContainer(value);
  }
  return reprOther(value);
}

/** The containers whose text is being made: one that holds itself prints as dots. */
const open = new Set<object>();

function reprContainer(value: any[] | Dict | PySet | DictView): string {
  if (value instanceof NamedTuple && value.type.shown) {
    const { module, name, names } = value.type;
    return `${module}.${name}(${names.map((field, i) => `${field}=${repr(value[i])}`).join(', ')})`;
  }
  const [start, end] = value instanceof Tuple ? ['(', ')'] : Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (open.has(value)) return value instanceof DictView ? '...' : `${start}...${end}`;
  open.add(value);
  try {
    const parts: string[] = [];
    if (value instanceof Dict) {
      for (const [key, item] of value.entries()) parts.push(`${repr(key)}: ${repr(item)}`);
    } else for (const item of value) parts.push(repr(item));
    if (value instanceof DictView) return `dict_${value.kind}([${parts.join(', ')}])`;
    if (value instanceof PySet && parts.length === 0) return 'set()';
    const comma = value instanceof Tuple && parts.length === 1 ? ',' : '';
    return `${start}${parts.join(', ')}${comma}${end}`;
  } finally {
    open.delete(value);
  }
}

function reprOther(value: object): string {
  if (value instanceof PyObject) return value.pyRepr();
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof PyRange) {
    return `range(${value.start}, ${value.stop}${value.step === 1 ? '' : `, ${value.step}`})`;
  }
  if (value instanceof PyType) return `<class '${value.name}'>`;
  if (value instanceof BoundMethod) {
    return `<built-in method ${value.name} of ${typeName(value.self)} object at 0x7f0000000000>`;
  }
  if (value instanceof HostFunction) return `<function ${value.name} at 0x7f0000000000>`;
  if (value instanceof PyIterator && value.name !== '') return `<generator object ${value.name} at 0x7f0000000000>`;
  return `<${typeName(value)} object at 0x7f0000000000>`;
}

/** Python's ascii(): repr() with what is not ASCII escaped. */
export function ascii(value: any): string {
  return repr(value).replace(/[^\0-\x7f]/gu, escapeChar);
}

const NAMED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
// What Python's str.isprintable refuses: control, format, surrogate, private and unassigned characters, and all spaces but one.
const UNPRINTABLE = /[\\\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

export function reprString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let body = /^[\x20-\x5b\x5d-\x7e]*$/.test(text) ? text : text.replace(UNPRINTABLE, escapeChar);
  if (quote === "'" && body.includes("'")) body = body.replaceAll("'", "\\'");
  return quote + body + quote;
}

function escapeChar(char: string): string {
  const named = NAMED[char];
  if (named !== undefined) return named;
  const code = char.codePointAt(0) as number;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}
