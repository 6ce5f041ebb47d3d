import { JinjaError, typeError } from '../errors.ts';
import { formatPercent } from '../format/percent.ts';
import { DictView } from '../values/iterator.ts';
import { escapeHtml, Markup, type StrSubclass, textLike } from '../values/markup.ts';
import { PySet } from '../values/set.ts';
import { Tuple, tuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import { fallback, numeric } from './arithmetic.ts';
import { iterable, iterate } from './iterate.ts';
import { isInt, isNumber, isString, textOf, typeName } from './types.ts';

/** Python's binary operators on template values. */
export function add(a: any, b: any): any {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (isNumber(a) && isNumber(b)) return numeric('+', a, b);
  if (isString(a) && isString(b)) return concatenate(a, b);
  if (Array.isArray(a) && Array.isArray(b) && a instanceof Tuple === b instanceof Tuple) {
    checkLength(a.length + b.length);
    return a instanceof Tuple ? tuple([...a, ...b]) : [...a, ...b];
  }
  return addMismatch(a, b);
}

function concatenate(a: string | StrSubclass, b: string | StrSubclass): string | Markup {
  if (!(a instanceof Markup) && !(b instanceof Markup)) return textOf(a) + textOf(b);
  const safe = (value: string | StrSubclass) => (value instanceof Markup ? value.value : escapeHtml(textOf(value)));
  return new Markup(safe(a) + safe(b));
}

function addMismatch(a: any, b: any): any {
  if (!(b instanceof Undefined)) {
    if (isString(a) && !(a instanceof Markup)) {
      const result = reflected('+', a, b);
      if (result !== undefined) return result;
      throw typeError(`can only concatenate str (not "${typeName(b)}") to str`);
    }
    if (Array.isArray(a)) {
      const result = reflected('+', a, b);
      if (result !== undefined) return result;
      throw typeError(`can only concatenate ${typeName(a)} (not "${typeName(b)}") to ${typeName(a)}`);
    }
  }
  return fallback('+', a, b);
}

function reflected(op: '+' | '*', a: any, b: any): any {
  return b !== null && typeof b === 'object' && typeof b.pyBinary === 'function' ? b.pyBinary(op, a, true) : undefined;
}

export function subtract(a: any, b: any): any {
  if (isNumber(a) && isNumber(b)) return numeric('-', a, b);
  const view = a instanceof DictView || b instanceof DictView;
  if (a instanceof DictView && a.kind !== 'values') iterate(b);
  const left = asSet(a) ?? (view ? setOf(a) : undefined);
  const right = asSet(b) ?? (view ? setOf(b) : undefined);
  if (left && right) return new PySet([...left].filter((item) => !right.has(item)));
  return fallback('-', a, b);
}

function setOf(value: any): PySet | undefined {
  const items = iterable(value);
  return items && new PySet(items);
}

function asSet(value: any): PySet | undefined {
  if (value instanceof PySet) return value;
  return value instanceof DictView && value.kind !== 'values' ? new PySet(value) : undefined;
}

export function multiply(a: any, b: any): any {
  if (isNumber(a) && isNumber(b)) return numeric('*', a, b);
  if (isInt(b) && isSequence(a)) return repeat(a, Number(b));
  if (isInt(a) && isSequence(b)) return repeat(b, Number(a));
  if (a instanceof Undefined) a.fail();
  if (a instanceof Markup || (b instanceof Markup && !isNumber(a))) {
    throw typeError(`'${typeName(a instanceof Markup ? b : a)}' object cannot be interpreted as an integer`);
  }
  if (b instanceof Undefined) b.fail();
  const sequence = isSequence(a) ? b : isSequence(b) ? a : undefined;
  if (sequence !== undefined) {
    const result = reflected('*', a, b);
    if (result !== undefined) return result;
    throw typeError(`can't multiply sequence by non-int of type '${typeName(sequence)}'`);
  }
  return fallback('*', a, b);
}

function isSequence(value: any): boolean {
  return isString(value) || Array.isArray(value);
}

/** As long as a string and a list can become here: much longer ones would end the process. */
const MAX_TEXT = 2 ** 28;
export const MAX_ITEMS = 2 ** 22;

/** For what makes lists longer: an error before they take all memory. */
export function checkLength(count: number): void {
  if (count > MAX_ITEMS) throw new JinjaError('MemoryError', 'list too long');
}

function repeat(value: any, count: number): any {
  const times = Math.max(0, count);
  if (Math.abs(count) >= 2 ** 63) throw new JinjaError('OverflowError', "cannot fit 'int' into an index-sized integer");
  const { length } = isString(value) ? textOf(value) : value;
  if (times * length >= 2 ** 63) throw new JinjaError('OverflowError', 'repeated string is too long');
  if (times * length > MAX_TEXT) throw new JinjaError('MemoryError', 'repeated sequence is too long');
  if (isString(value)) return textLike(value, textOf(value).repeat(times));
  checkLength(times * length);
  const items: any[] = [];
  for (let i = 0; i < times; i++) items.push(...value);
  return value instanceof Tuple ? tuple(items) : items;
}

export function divide(a: any, b: any): any {
  return isNumber(a) && isNumber(b) ? numeric('/', a, b) : fallback('/', a, b);
}

export function floorDivide(a: any, b: any): any {
  return isNumber(a) && isNumber(b) ? numeric('//', a, b) : fallback('//', a, b);
}

export function power(a: any, b: any): any {
  return isNumber(a) && isNumber(b) ? numeric('**', a, b) : fallback('**', a, b);
}

export function modulo(a: any, b: any): any {
  if (isNumber(a) && isNumber(b)) return numeric('%', a, b);
  if (isString(a)) return textLike(a, formatPercent(textOf(a), b, a instanceof Markup));
  return fallback('%', a, b);
}
