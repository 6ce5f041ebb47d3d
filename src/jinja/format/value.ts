import { JinjaError, typeError, valueError } from '../errors.ts';
import { textLength } from '../ops/iterate.ts';
import { str } from '../ops/text.ts';
import { isNumber, isString, textOf, toFloat, typeName } from '../ops/types.ts';
import { formatFloat, PyFloat } from '../values/float.ts';
import { PyObject, type Value } from '../values/object.ts';
import { Undefined } from '../values/undefined.ts';
import { formatFixed, formatShort, printableCode } from './number.ts';
import { parseSpec, type Spec } from './spec.ts';

/** A width beyond this would make a text of hundreds of megabytes. */
const MAX_WIDTH = 2 ** 27;

/** Python's format(value, spec). */
export function formatValue(value: Value, spec: string): string {
  if (spec === '') return str(value);
  if (value instanceof Undefined) return unsupported(value);
  if (value instanceof PyObject) {
    const format = value.pyAttr('__format__');
    return format === undefined ? unsupported(value) : str(format.call([spec], new Map()));
  }
  if (!isString(value) && !isNumber(value)) return unsupported(value);
  const parsed = parseSpec(spec, typeName(value), !isString(value));
  if (parsed.width > MAX_WIDTH || (parsed.precision ?? 0) > MAX_WIDTH) throw new JinjaError('MemoryError', '');
  return isString(value) ? formatText(parsed, value) : formatNumber(parsed, value);
}

function unsupported(value: Value): never {
  throw typeError(`unsupported format string passed to ${typeName(value)}.__format__`);
}

function unknownCode(type: string, value: Value): never {
  throw valueError(`Unknown format code '${printableCode(type)}' for object of type '${typeName(value)}'`);
}

function formatText(spec: Spec, value: Value): string {
  if (spec.type !== undefined && spec.type !== 's') unknownCode(spec.type, value);
  const where = 'not allowed in string format specifier';
  if (spec.sign !== '') throw valueError(`${spec.sign === ' ' ? 'Space' : 'Sign'} ${where}`);
  if (spec.plainZero) throw valueError(`Negative zero coercion (z) ${where}`);
  if (spec.alternate) throw valueError(`Alternate form (#) ${where}`);
  if (spec.align === '=') throw valueError(`'=' alignment ${where}`);
  const text = textOf(value);
  const cut = spec.precision === undefined ? text : [...text].slice(0, spec.precision).join('');
  return align(spec, '', cut, spec.align ?? '<');
}

function align(spec: Spec, sign: string, body: string, how: string): string {
  const missing = Math.max(0, spec.width - textLength(sign) - textLength(body));
  if (how === '=') return sign + spec.fill.repeat(missing) + body;
  const left = how === '<' ? 0 : how === '^' ? Math.floor(missing / 2) : missing;
  return spec.fill.repeat(left) + sign + body + spec.fill.repeat(missing - left);
}

function formatNumber(spec: Spec, value: Value): string {
  const { type } = spec;
  const isFloat = value instanceof PyFloat || (type !== undefined && 'eEfFgG%'.includes(type));
  if (type !== undefined && !(isFloat ? 'eEfFgGn%' : 'bcdnoxX').includes(type)) unknownCode(type, value);
  if (!isFloat) checkInteger(spec);
  if (type === 'c') return align(spec, '', character(Number(value)), spec.align ?? '>');
  const digits = isFloat ? floatDigits(spec, toFloat(value)) : intDigits(spec, BigInt(value));
  const negative = digits.startsWith('-');
  const sign = negative ? '-' : spec.sign === '-' ? '' : spec.sign;
  const prefix = !isFloat && spec.alternate && type !== undefined && 'boxX'.includes(type) ? `0${type}` : '';
  const body = negative ? digits.slice(1) : digits;
  const shown = spec.group === undefined ? body : grouped(spec, body, sign.length + prefix.length);
  return align(spec, sign + prefix, shown, spec.align ?? '>');
}

function checkInteger(spec: Spec): void {
  if (spec.precision !== undefined) throw valueError('Precision not allowed in integer format specifier');
  if (spec.plainZero) throw valueError('Negative zero coercion (z) not allowed in integer format specifier');
  if (spec.type !== 'c') return;
  if (spec.sign !== '') throw valueError("Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) throw valueError("Alternate form (#) not allowed with integer format specifier 'c'");
}

function character(code: number): string {
  if (code >= 0 && code <= 0x10ffff) return String.fromCodePoint(code);
  throw new JinjaError('OverflowError', '%c arg not in range(0x110000)');
}

/** Thousands separators; zeros that fill the width are grouped as well. */
function grouped(spec: Spec, body: string, taken: number): string {
  const size = spec.type !== undefined && 'boxX'.includes(spec.type) ? 4 : 3;
  const digit = spec.type === 'x' || spec.type === 'X' ? '[0-9a-fA-F]' : '[0-9]';
  const whole = new RegExp(`^${digit}+`).exec(body)?.[0];
  if (whole === undefined) return body;
  const rest = body.slice(whole.length);
  const join = (digits: string) => digits.replace(new RegExp(`\\B(?=(?:${digit}{${size}})+$)`, 'g'), spec.group!);
  let digits = whole;
  if (spec.fill === '0' && spec.align === '=') {
    while (join(`0${digits}`).length + rest.length + taken <= spec.width) digits = `0${digits}`;
  }
  return join(digits) + rest;
}

function intDigits(spec: Spec, value: bigint): string {
  const base = { b: 2, o: 8, x: 16, X: 16 }[spec.type ?? 'd'] ?? 10;
  const text = value.toString(base);
  return spec.type === 'X' ? text.toUpperCase() : text;
}

function floatDigits(spec: Spec, value: number): string {
  const text = floatText(spec, value);
  return spec.plainZero && /^-[0.]+(?:e[+-]\d+|%)?$/i.test(text) ? text.slice(1) : text;
}

function floatText(spec: Spec, value: number): string {
  const { type, precision, alternate } = spec;
  if (type === '%') return `${formatFixed(value * 100, 'f', precision ?? 6, alternate)}%`;
  if (type !== undefined) return formatFixed(value, type === 'n' ? 'g' : type, precision ?? 6, alternate);
  if (precision !== undefined) return formatShort(value, precision, alternate);
  const text = formatFloat(value);
  return alternate ? text.replace(/^(-?\d+)e/, '$1.e') : text;
}
