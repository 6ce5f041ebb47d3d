import { JinjaError, typeError, valueError } from '../errors.ts';
import { textLength } from '../ops/iterate.ts';
import { repr, str } from '../ops/text.ts';
import { hostNumber, isInt, isNumber, isString, toFloat, typeName } from '../ops/types.ts';
import { Dict } from '../values/dict.ts';
import { PyFloat } from '../values/float.ts';
import type { Value } from '../values/object.ts';
import { PyRange } from '../values/range.ts';
import { Tuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import { formatFixed } from './number.ts';

const DIRECTIVE = /%(?:\(((?:[^()]|\([^()]*\))*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([\s\S]?)/g;

interface Spec {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly type: string;
}

/** Python's `text % value`. */
export function formatPercent(text: string, value: Value): string {
  const args: readonly Value[] = value instanceof Tuple ? value : [value];
  let used = 0;
  let named = false;
  const next = (): Value => {
    if (used >= args.length) throw typeError('not enough arguments for format string');
    return args[used++];
  };
  const result = text.replace(DIRECTIVE, (_all, key, flags, width, precision, type, at) => {
    if (type === '') throw valueError('incomplete format');
    if (type === '%' && key === undefined) return '%';
    if (key !== undefined) named = true;
    const spec: Spec = {
      flags: flags + (width === '*' ? '' : ''),
      width: width === '*' ? Number(next()) : Number(width ?? 0),
      precision: precision === '*' ? Number(next()) : precision === undefined ? undefined : Number(precision),
      type,
    };
    const item = key === undefined ? next() : lookup(value, key);
    return directive(spec, item, Number(at));
  });
  const mapping =
    value instanceof Dict ||
    value instanceof PyRange ||
    value instanceof Undefined ||
    (Array.isArray(value) && !(value instanceof Tuple));
  if (used < args.length && !named && !mapping) {
    throw typeError('not all arguments converted during string formatting');
  }
  return result;
}

function lookup(value: Value, key: string): Value {
  if (value instanceof Undefined) value.fail();
  if (!(value instanceof Dict)) throw typeError('format requires a mapping');
  const found = value.get(key);
  if (found === undefined) throw new JinjaError('KeyError', repr(key));
  return found;
}

function directive(spec: Spec, value: Value, at: number): string {
  switch (spec.type) {
    case 's':
      return pad(spec, cut(spec, str(value)));
    case 'r':
      return pad(spec, cut(spec, repr(value)));
    case 'a':
      return pad(spec, cut(spec, asciiOf(repr(value))));
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
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return padNumber(spec, float(spec, hostNumber(value)));
    default: {
      const code = (spec.type.codePointAt(0) ?? 0).toString(16);
      throw valueError(`unsupported format character '${spec.type}' (0x${code}) at index ${at + 1}`);
    }
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

/** Escapes what is not ASCII, as Python's ascii() does. */
function asciiOf(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (char) => {
    const code = char.codePointAt(0)!;
    const hex = code.toString(16);
    return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : code > 0xff ? `\\u${hex.padStart(4, '0')}` : `\\x${hex}`;
  });
}

function cut(spec: Spec, text: string): string {
  return spec.precision === undefined ? text : [...text].slice(0, spec.precision).join('');
}

function pad(spec: Spec, text: string): string {
  const missing = ' '.repeat(Math.max(0, spec.width - textLength(text)));
  return spec.flags.includes('-') ? text + missing : missing + text;
}

function padNumber(spec: Spec, text: string): string {
  const signed = text.startsWith('-')
    ? text
    : spec.flags.includes('+')
      ? `+${text}`
      : spec.flags.includes(' ')
        ? ` ${text}`
        : text;
  if (!spec.flags.includes('0') || spec.flags.includes('-')) return pad(spec, signed);
  const sign = /^[-+ ]?(?:0[xXo])?/.exec(signed)![0];
  return sign + signed.slice(sign.length).padStart(spec.width - sign.length, '0');
}

function integer(spec: Spec, value: Value, wanted: string): bigint {
  // Python asks for `__int__`, which fails in Undefined's own words; for %o and %x it asks for `__index__`, which is not there.
  if (value instanceof Undefined && !'oxX'.includes(spec.type)) value.fail();
  if (isInt(value)) return BigInt(value);
  if (value instanceof PyFloat && spec.type === 'd') {
    if (!Number.isFinite(value.value)) {
      throw Number.isNaN(value.value)
        ? valueError('cannot convert float NaN to integer')
        : new JinjaError('OverflowError', 'cannot convert float infinity to integer');
    }
    return BigInt(Math.trunc(value.value));
  }
  throw typeError(`%${spec.type} format: ${wanted}, not ${typeName(value)}`);
}

function decimal(spec: Spec, value: Value): string {
  const digits = String(integer({ ...spec, type: spec.type === 'x' ? 'x' : 'd' }, value, 'a real number is required'));
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
