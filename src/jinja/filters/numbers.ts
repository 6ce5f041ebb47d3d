import { JinjaError, typeError, valueError } from '../errors.ts';
import { toFixed } from '../format/number.ts';
import { sign } from '../ops/arithmetic.ts';
import { divide, multiply, power } from '../ops/operators.ts';
import { compareValues } from '../ops/order.ts';
import { repr } from '../ops/text.ts';
import { truth } from '../ops/truth.ts';
import { isInt, isNumber, isString, textOf, toFloat, typeName } from '../ops/types.ts';
import type { Run } from '../runtime/facts.ts';
import { PyFloat } from '../values/float.ts';
import { normalizeInt } from '../values/int.ts';
import { PyObject, type Value } from '../values/object.ts';
import { Undefined } from '../values/undefined.ts';
import { type FilterEntry, filter } from './table.ts';

const FLOAT =
  /^[+-]?(?:(?:\d+(?:_\d+)*)?\.?\d+(?:_\d+)*\.?(?:e[+-]?\d+(?:_\d+)*)?|\d+(?:_\d+)*\.(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i;

/** Python's float(): undefined where it would raise a ValueError or TypeError. */
export function parsePyFloat(value: Value): number | undefined {
  if (isNumber(value)) return toFloat(value);
  if (value instanceof Undefined) return value.fail();
  if (value instanceof PyObject) return value.pyFloat?.();
  if (!isString(value)) return undefined;
  const text = asciiDigits(textOf(value)).trim();
  if (!FLOAT.test(text)) return undefined;
  const word = text.toLowerCase().replaceAll('_', '');
  if (word.endsWith('nan')) return Number.NaN;
  if (word.includes('inf')) return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(word);
}

/** Digits of every script as those of ASCII: they stand in rows of ten. */
function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!;
    let zero = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String((code - zero) % 10);
  });
}

/** Python's int(text, base): undefined where it would raise. */
export function parsePyInt(text: string, base: number): number | bigint | undefined {
  const match = /^([+-]?)(0[xX]|0[oO]|0[bB])?(\w+)$/.exec(asciiDigits(text).trim());
  if (match === null) return undefined;
  const [, minus, prefix = '', body = ''] = match;
  const prefixBase = { '0x': 16, '0o': 8, '0b': 2 }[prefix.toLowerCase()];
  if (base !== 0 && prefixBase !== undefined && prefixBase !== base)
    return base > 11 ? digits(prefix + body, base, minus === '-') : undefined;
  if (base === 0 && prefixBase === undefined && /^0[0-9_]*[1-9]/.test(body)) return undefined;
  return digits(body, base === 0 ? (prefixBase ?? 10) : base, minus === '-');
}

function digits(body: string, base: number, negative: boolean): number | bigint | undefined {
  if (!/^[0-9a-z]+(?:_[0-9a-z]+)*$/i.test(body)) return undefined;
  let result = 0n;
  for (const char of body.replaceAll('_', '')) {
    const digit = Number.parseInt(char, 36);
    if (digit >= base) return undefined;
    result = result * BigInt(base) + BigInt(digit);
  }
  return normalizeInt(negative ? -result : result);
}

export function truncated(value: number): number | bigint {
  return Number.isSafeInteger(Math.trunc(value)) ? Math.trunc(value) + 0 : normalizeInt(BigInt(Math.trunc(value)));
}

function toInt(_context: Run, value: Value, fallback: Value = 0, base: Value = 10): Value {
  if (value instanceof Undefined) value.fail();
  if (isInt(value)) return normalizeInt(BigInt(value));
  // A base that is none is a reason to read a float instead, as any other failure.
  if (isString(value) && isInt(base) && (Number(base) === 0 || (Number(base) >= 2 && Number(base) <= 36))) {
    const parsed = parsePyInt(textOf(value), Number(base));
    if (parsed !== undefined) return parsed;
  }
  const float = parsePyFloat(value);
  if (value instanceof PyFloat && float !== undefined && !Number.isFinite(float) && !Number.isNaN(float)) {
    throw new JinjaError('OverflowError', 'cannot convert float infinity to integer');
  }
  return float === undefined || !Number.isFinite(float) ? fallback : truncated(float);
}

function absolute(_context: Run, value: Value): Value {
  if (value instanceof PyFloat) return new PyFloat(Math.abs(value.value));
  if (isInt(value)) return Number(value) < 0 ? sign('-', value) : normalizeInt(BigInt(value));
  if (value instanceof PyObject && value.pyBinary)
    return compareValues(value, sign('-', value)) < 0 ? sign('-', value) : value;
  throw typeError(`bad operand type for abs(): '${typeName(value)}'`);
}

function round(_context: Run, value: Value, precision: Value = 0, method: Value = 'common'): Value {
  if (method !== 'common' && method !== 'ceil' && method !== 'floor') {
    throw new JinjaError('FilterArgumentError', 'method must be common, ceil or floor');
  }
  if (value instanceof Undefined && method === 'common') {
    throw typeError(`type ${typeName(value)} doesn't define __round__ method`);
  }
  if (value instanceof PyObject && value.pyRound !== undefined && method === 'common')
    return value.pyRound(Number(precision));
  if (method !== 'common') {
    const scale = power(10, precision);
    const scaled = multiply(value, scale);
    if (!isNumber(scaled)) throw typeError(`must be real number, not ${typeName(value)}`);
    if (isInt(scaled)) return divide(scaled, scale);
    return divide(truncated(method === 'ceil' ? Math.ceil(toFloat(scaled)) : Math.floor(toFloat(scaled))), scale);
  }
  if (!isNumber(value)) throw typeError(`type ${typeName(value)} doesn't define __round__ method`);
  const places = Number(precision);
  if (value instanceof PyFloat) return new PyFloat(roundFloat(value.value, places));
  return places >= 0 ? normalizeInt(BigInt(value)) : roundInt(BigInt(value), -places);
}

function roundFloat(value: number, places: number): number {
  if (!Number.isFinite(value)) return value;
  if (places >= 0) return places > 22 ? value : Number(toFixed(value, places));
  const scale = 10 ** -places;
  const rounded = Number(roundInt(BigInt(Math.trunc(value)), -places)) || (value / scale > 0.5 ? scale : 0);
  return rounded === 0 && (value < 0 || Object.is(value, -0)) ? -0 : rounded;
}

function roundInt(value: bigint, zeros: number): number | bigint {
  const scale = 10n ** BigInt(zeros);
  const rest = ((value % scale) + scale) % scale;
  const down = value - rest;
  const up = rest * 2n > scale || (rest * 2n === scale && (down / scale) % 2n !== 0n);
  return normalizeInt(up ? down + scale : down);
}

const PREFIXES = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];

function fileSize(_context: Run, value: Value, binary: Value = false): string {
  const bytes = parsePyFloat(value);
  if (bytes === undefined) {
    if (isString(value)) throw valueError(`could not convert string to float: ${repr(value)}`);
    throw typeError(`float() argument must be a string or a real number, not '${typeName(value)}'`);
  }
  if (bytes === Number.NEGATIVE_INFINITY) {
    throw new JinjaError('OverflowError', 'cannot convert float infinity to integer');
  }
  const base = truth(binary) ? 1024 : 1000;
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  let at = 0;
  while (at < PREFIXES.length - 1 && !(bytes < base ** (at + 2))) at++;
  const prefix = PREFIXES[at]!;
  const unit = truth(binary) ? `${prefix === 'k' ? 'K' : prefix}iB` : `${prefix}B`;
  return `${toFixed((base * bytes) / base ** (at + 2), 1)} ${unit}`;
}

export const NUMBER_FILTERS: Readonly<Record<string, FilterEntry>> = {
  int: filter('do_int', 'default= base=', toInt),
  float: filter('do_float', 'default=', (_context, value, fallback = new PyFloat(0)) => {
    const parsed = parsePyFloat(value);
    return parsed === undefined ? fallback : new PyFloat(parsed);
  }),
  abs: filter('abs', '', absolute),
  round: filter('do_round', 'precision= method=', round),
  filesizeformat: filter('do_filesizeformat', 'binary=', fileSize),
};
