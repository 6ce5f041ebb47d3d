import { JinjaError, typeError, valueError } from '../errors.ts';
import { findItem } from '../ops/item.ts';
import { textLength } from '../ops/iterate.ts';
import { ascii, repr, str } from '../ops/text.ts';
import { hostNumber, isInt, isNumber, isString, toFloat, typeName } from '../ops/types.ts';
import { Dict } from '../values/dict.ts';
import { PyFloat } from '../values/float.ts';
import { escapeHtml, Markup } from '../values/markup.ts';
import { PyObject, type Value } from '../values/object.ts';
import { PyRange } from '../values/range.ts';
import { Tuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import { formatFixed } from './number.ts';

interface Spec {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly type: string;
}

/** A width beyond this would make a text of hundreds of megabytes. */
const MAX_WIDTH = 2 ** 27;

/** Python's `text % value`. `safe`: the text is safe as HTML, so what goes into it is escaped. */
export function formatPercent(text: string, value: Value, safe = false): string {
  return new Percent(text, value, safe).run();
}

class Percent {
  readonly #safe: boolean;
  readonly #text: string;
  readonly #value: Value;
  readonly #args: readonly Value[];
  #used = 0;
  #named = false;
  #at = 0;

  constructor(text: string, value: Value, safe: boolean) {
    this.#safe = safe;
    this.#text = text;
    this.#value = value;
    this.#args = value instanceof Tuple ? value : [value];
  }

  run(): string {
    const text = this.#text;
    let result = '';
    for (;;) {
      const sign = text.indexOf('%', this.#at);
      if (sign === -1) break;
      result += text.slice(this.#at, sign);
      this.#at = sign + 1;
      result += this.#directive();
    }
    result += text.slice(this.#at);
    if (this.#used < this.#args.length && !this.#named && !isMapping(this.#value)) {
      throw typeError('not all arguments converted during string formatting');
    }
    return result;
  }

  #next(): Value {
    if (this.#named || this.#used >= this.#args.length) throw typeError('not enough arguments for format string');
    return this.#args[this.#used++];
  }

  #directive(): string {
    if (this.#text[this.#at] === '%') {
      this.#at++;
      return '%';
    }
    let item: Value;
    if (this.#text[this.#at] === '(') {
      if (!isMapping(this.#value)) throw typeError('format requires a mapping');
      item = this.#lookup(this.#key());
    }
    const [flags] = /^[-+ #0]*/.exec(this.#text.slice(this.#at))!;
    this.#at += flags.length;
    const width = this.#size('width') ?? 0;
    let precision: number | undefined;
    if (this.#text[this.#at] === '.') {
      this.#at++;
      precision = Math.max(0, this.#size('precision') ?? 0);
    }
    if ('hlL'.includes(this.#text[this.#at] || ' ')) this.#at++;
    const code = this.#text.codePointAt(this.#at);
    if (code === undefined) throw valueError('incomplete format');
    const type = String.fromCodePoint(code);
    const at = this.#at;
    this.#at += type.length;
    if (!'sracdiuxXoeEfFgG'.includes(type)) {
      const shown = code > 31 && code < 128 ? type : '?';
      throw valueError(`unsupported format character '${shown}' (0x${code.toString(16)}) at index ${at}`);
    }
    if (item === undefined) item = this.#next();
    const leftwards = width < 0 ? `${flags}-` : flags;
    return convert(
      { flags: leftwards, width: Math.abs(width), precision, type },
      this.#safe ? guarded(item, type) : item,
    );
  }

  /** The name in parentheses, which may itself hold pairs of them. */
  #key(): string {
    const start = ++this.#at;
    for (let open = 1; this.#at < this.#text.length; this.#at++) {
      if (this.#text[this.#at] === '(') open++;
      else if (this.#text[this.#at] === ')' && --open === 0) return this.#text.slice(start, this.#at++);
    }
    throw valueError('incomplete format key');
  }

  #lookup(key: string): Value {
    this.#named = true;
    const value = this.#value;
    if (Array.isArray(value)) throw typeError('list indices must be integers or slices, not str');
    if (value instanceof PyRange) throw typeError('range indices must be integers or slices, not str');
    const found = value instanceof Dict ? value.get(key) : findItem(value, key);
    if (found === undefined) throw new JinjaError('KeyError', repr(key));
    return found;
  }

  #size(what: 'width' | 'precision'): number | undefined {
    if (this.#text[this.#at] !== '*') {
      const [digits] = /^\d*/.exec(this.#text.slice(this.#at))!;
      this.#at += digits.length;
      return checked(digits === '' ? undefined : Number(digits), what);
    }
    this.#at++;
    const given = this.#next();
    if (!isInt(given)) throw typeError('* wants int');
    return checked(Number(given), what);
  }
}

/** In safe text all but numbers is escaped; a text where a number is due is read as one. */
function guarded(value: Value, type: string): Value {
  if (type === 's') return value instanceof Markup ? value.value : escapeHtml(str(value));
  if (type === 'r' || type === 'a') return new Verbatim(escapeHtml(type === 'r' ? repr(value) : ascii(value)));
  if ('cxXo'.includes(type)) return new Verbatim('');
  if (!isString(value)) return value;
  const number = Number(str(value).trim() || 'none');
  if ('diu'.includes(type)) {
    if (Number.isInteger(number)) return number;
    throw valueError(`invalid literal for int() with base 10: ${repr(str(value))}`);
  }
  if (!Number.isNaN(number)) return new PyFloat(number);
  throw valueError(`could not convert string to float: ${repr(str(value))}`);
}

/** Text whose repr() is the text itself. */
class Verbatim extends PyObject {
  readonly #text: string;
  constructor(text: string) {
    super();
    this.#text = text;
  }

  pyTypeName(): string {
    return '_MarkupEscapeHelper';
  }

  override pyRepr(): string {
    return this.#text;
  }
}

function checked(size: number | undefined, what: string): number | undefined {
  if (size === undefined || Math.abs(size) <= MAX_WIDTH) return size;
  if (size > 2 ** 31 - 1 && what === 'precision') throw valueError('precision too big');
  throw new JinjaError('MemoryError', '');
}

/** What Python takes for a mapping here: all that has items, but for tuples and strings. */
function isMapping(value: Value): boolean {
  if (Array.isArray(value)) return !(value instanceof Tuple);
  return value instanceof Dict || value instanceof PyRange || value instanceof Undefined || isHostMapping(value);
}

function isHostMapping(value: Value): boolean {
  return value instanceof PyObject && value.pyIsMapping?.() === true;
}

function convert(spec: Spec, value: Value): string {
  switch (spec.type) {
    case 's':
      return pad(spec, cut(spec, str(value)));
    case 'r':
      return pad(spec, cut(spec, repr(value)));
    case 'a':
      return pad(spec, cut(spec, ascii(value)));
    case 'c':
      return pad(spec, character(value));
    case 'd':
    case 'i':
    case 'u':
      return padNumber(spec, decimal(spec, hostNumber(value)));
    case 'x':
    case 'X':
    case 'o':
      return padNumber(spec, radix(spec, value));
    default:
      return padNumber(spec, float(spec, hostNumber(value)));
  }
}

function character(value: Value): string {
  if (isInt(value)) {
    const code = Number(value);
    if (code >= 0 && code <= 0x10ffff) return String.fromCodePoint(code);
    throw new JinjaError('OverflowError', '%c arg not in range(0x110000)');
  }
  if (isString(value) && textLength(str(value)) === 1) return str(value);
  throw typeError('%c requires int or char');
}

function cut(spec: Spec, text: string): string {
  return spec.precision === undefined ? text : [...text].slice(0, spec.precision).join('');
}

function pad(spec: Spec, text: string): string {
  const missing = ' '.repeat(Math.max(0, spec.width - textLength(text)));
  return spec.flags.includes('-') ? text + missing : missing + text;
}

function padNumber(spec: Spec, text: string): string {
  const sign = spec.flags.includes('+') ? '+' : spec.flags.includes(' ') ? ' ' : '';
  const signed = text.startsWith('-') ? text : sign + text;
  if (!spec.flags.includes('0') || spec.flags.includes('-')) return pad(spec, signed);
  const head = /^[-+ ]?(?:0[xXo])?/.exec(signed)![0];
  return head + signed.slice(head.length).padStart(spec.width - head.length, '0');
}

function integer(spec: Spec, value: Value, wanted: string): bigint {
  // Python asks for `__int__`, which fails in Undefined's own words; for %o and %x it asks for `__index__`, which is not there.
  if (value instanceof Undefined && !'oxX'.includes(spec.type)) value.fail();
  if (isInt(value)) return BigInt(value);
  if (value instanceof PyFloat && 'diu'.includes(spec.type)) {
    if (Number.isFinite(value.value)) return BigInt(Math.trunc(value.value));
    if (Number.isNaN(value.value)) throw valueError('cannot convert float NaN to integer');
    throw new JinjaError('OverflowError', 'cannot convert float infinity to integer');
  }
  throw typeError(`%${spec.type} format: ${wanted}, not ${typeName(value)}`);
}

function decimal(spec: Spec, value: Value): string {
  const digits = String(integer(spec, value, 'a real number is required'));
  const negative = digits.startsWith('-');
  return (negative ? '-' : '') + digits.slice(negative ? 1 : 0).padStart(spec.precision ?? 0, '0');
}

function radix(spec: Spec, value: Value): string {
  const number = integer(spec, value, 'an integer is required');
  const digits = (number < 0n ? -number : number)
    .toString(spec.type === 'o' ? 8 : 16)
    .padStart(spec.precision ?? 0, '0');
  const prefix = spec.flags.includes('#') ? `0${spec.type.toLowerCase()}` : '';
  const text = (number < 0n ? '-' : '') + prefix + digits;
  return spec.type === 'X' ? text.toUpperCase() : text;
}

function float(spec: Spec, value: Value): string {
  if (value instanceof Undefined) value.fail();
  if (!isNumber(value)) throw typeError(`must be real number, not ${typeName(value)}`);
  return formatFixed(toFloat(value), spec.type, spec.precision ?? 6, spec.flags.includes('#'));
}
