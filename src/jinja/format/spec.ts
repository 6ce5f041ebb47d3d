import { typeError, valueError } from '../errors.ts';
import { textLength } from '../ops/iterate.ts';
import { str } from '../ops/text.ts';
import { isNumber, isString, textOf, toFloat, typeName } from '../ops/types.ts';
import { formatFloat, PyFloat } from '../values/float.ts';
import { PyObject, type Value } from '../values/object.ts';
import { Undefined } from '../values/undefined.ts';
import { formatFixed } from './number.ts';

const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([_,])?(?:\.(\d+))?([a-zA-Z%])?$/u;

interface Spec {
  readonly fill: string | undefined;
  readonly align: string | undefined;
  readonly sign: string;
  readonly alternate: boolean;
  readonly zero: boolean;
  readonly width: number;
  readonly group: string | undefined;
  readonly precision: number | undefined;
  readonly type: string | undefined;
}

/** Python's format(value, spec). */
export function formatValue(value: Value, spec: string): string {
  if (spec === '') return str(value);
  if (value instanceof Undefined) return unsupported(value);
  if (value instanceof PyObject) {
    const format = value.pyAttr('__format__');
    return format === undefined ? unsupported(value) : str(format.call([spec], new Map()));
  }
  if (!isString(value) && !isNumber(value)) return unsupported(value);
  const parsed = parse(spec, value);
  return isString(value) ? formatText(parsed, textOf(value)) : formatNumber(parsed, value);
}

function unsupported(value: Value): never {
  throw typeError(`unsupported format string passed to ${typeName(value)}.__format__`);
}

function parse(spec: string, value: Value): Spec {
  const match = SPEC.exec(spec);
  if (match === null) throw valueError(invalid(spec, value));
  const [, fill, align, sign, , alternate, zero, width, group, precision, type] = match;
  return {
    fill: fill ?? (zero ? '0' : undefined),
    align: align ?? (zero ? '=' : undefined),
    sign: sign ?? '-',
    alternate: alternate !== undefined,
    zero: zero !== undefined,
    width: Number(width ?? 0),
    group,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

function invalid(spec: string, value: Value): string {
  return `Invalid format specifier '${spec}' for object of type '${typeName(value)}'`;
}

function formatText(spec: Spec, text: string): string {
  if (spec.type !== undefined && spec.type !== 's') unknownCode(spec.type, 'str');
  if (spec.align === '=' && !spec.zero) throw valueError("'=' alignment not allowed in string format specifier");
  if (spec.sign !== '-') throw valueError('Sign not allowed in string format specifier');
  if (spec.group !== undefined) throw valueError(`Cannot specify '${spec.group}' with 's'.`);
  const cut = spec.precision === undefined ? text : [...text].slice(0, spec.precision).join('');
  return align(spec, '', cut, spec.align === '=' ? '<' : (spec.align ?? '<'));
}

function unknownCode(type: string, owner: string): never {
  throw valueError(`Unknown format code '${type}' for object of type '${owner}'`);
}

function align(spec: Spec, sign: string, body: string, how: string): string {
  const missing = Math.max(0, spec.width - textLength(sign) - textLength(body));
  const fill = spec.fill ?? ' ';
  if (how === '=') return sign + fill.repeat(missing) + body;
  const left = how === '<' ? 0 : how === '^' ? Math.floor(missing / 2) : missing;
  return fill.repeat(left) + sign + body + fill.repeat(missing - left);
}

function formatNumber(spec: Spec, value: Value): string {
  const isFloat = value instanceof PyFloat || (spec.type !== undefined && 'eEfFgG%'.includes(spec.type));
  if (typeof value === 'boolean' && spec.type === undefined) return formatNumber(spec, Number(value));
  if (isString(spec.type) && !(isFloat ? 'eEfFgGn%' : 'bcdnoxX').includes(spec.type)) {
    unknownCode(spec.type, typeName(value));
  }
  if (spec.type === 'c') return align(spec, '', String.fromCodePoint(Number(value)), spec.align ?? '<');
  const digits = isFloat ? floatDigits(spec, toFloat(value)) : intDigits(spec, BigInt(value));
  const negative = digits.startsWith('-');
  const sign = negative ? '-' : spec.sign === '-' ? '' : spec.sign;
  let body = negative ? digits.slice(1) : digits;
  let prefix = '';
  if (!isFloat && spec.alternate && spec.type !== undefined && 'boxX'.includes(spec.type)) prefix = `0${spec.type}`;
  if (spec.group !== undefined) body = grouped(spec, body, sign.length + prefix.length);
  return align(spec, sign + prefix, body, spec.align ?? '>');
}

/** Thousands separators; zeros that fill the width are grouped as well. */
function grouped(spec: Spec, body: string, taken: number): string {
  const size = spec.type !== undefined && 'boxX'.includes(spec.type) ? 4 : 3;
  const split = /^([0-9a-fA-F]+)(.*)$/s.exec(body);
  if (split === null) return body;
  const [, whole = '', rest = ''] = split;
  const join = (digits: string) => digits.replace(new RegExp(`\\B(?=(?:[0-9a-fA-F]{${size}})+$)`, 'g'), spec.group!);
  let digits = whole;
  if (spec.zero) while (join(`0${digits}`).length + rest.length + taken <= spec.width) digits = `0${digits}`;
  return join(digits) + rest;
}

function intDigits(spec: Spec, value: bigint): string {
  if (spec.precision !== undefined) throw valueError('Precision not allowed in integer format specifier');
  const base = { b: 2, o: 8, x: 16, X: 16 }[spec.type ?? 'd'] ?? 10;
  const text = value.toString(base);
  return spec.type === 'X' ? text.toUpperCase() : text;
}

function floatDigits(spec: Spec, value: number): string {
  if (spec.type === '%') return `${formatFixed(value * 100, 'f', spec.precision ?? 6, false)}%`;
  if (spec.type !== undefined)
    return formatFixed(value, spec.type === 'n' ? 'g' : spec.type, spec.precision ?? 6, spec.alternate);
  if (spec.precision === undefined) return formatFloat(value);
  const text = formatFixed(value, 'g', spec.precision, false);
  return /[.en]/.test(text) ? text : `${text}.0`;
}
