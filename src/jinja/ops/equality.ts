import { Dict } from '../values/dict.ts';
import { PyFloat } from '../values/float.ts';
import { DictView } from '../values/iterator.ts';
import { StrSubclass } from '../values/markup.ts';
import { PyObject } from '../values/object.ts';
import { PyRange } from '../values/range.ts';
import { PySet } from '../values/set.ts';
import { Tuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import { isNumber, toFloat } from './types.ts';

/** Python's `==`. */
export function equals(a: any, b: any): boolean {
  if (a === b && !(a instanceof Undefined)) return !(a instanceof PyFloat && Number.isNaN(a.value));
  if (typeof a === 'string' && typeof b === 'string') return false;
  if (isNumber(a) && !(b instanceof Undefined))
    return isNumber(b) ? numbersEqual(a, b) : b instanceof PyObject && b.pyEq(a);
  if (a instanceof Undefined || b instanceof Undefined) return undefinedEquals(a, b);
  if (a instanceof PyObject) return a.pyEq(b);
  if (b instanceof PyObject) return b.pyEq(a);
  if (a instanceof StrSubclass || b instanceof StrSubclass) return unwrap(a) === unwrap(b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return objectsEqual(a, b);
}

/** `==` inside containers and in `in`: the same object is equal to itself, even NaN. */
export function same(a: any, b: any): boolean {
  return a === b || equals(a, b);
}

function unwrap(value: any): any {
  return value instanceof StrSubclass ? value.value : value;
}

function numbersEqual(a: any, b: any): boolean {
  if (typeof a === 'bigint' || typeof b === 'bigint') {
    const left = a instanceof PyFloat ? a.value : typeof a === 'boolean' ? Number(a) : a;
    const right = b instanceof PyFloat ? b.value : typeof b === 'boolean' ? Number(b) : b;
    // biome-ignore lint/suspicious/noDoubleEquals: the loose comparison of bigint and number is exact.
    return left == right;
  }
  return toFloat(a) === toFloat(b);
}

function undefinedEquals(a: any, b: any): boolean {
  if (a instanceof Undefined) a.allow();
  if (b instanceof Undefined) b.allow();
  return a instanceof Undefined && b instanceof Undefined && a.kind === b.kind;
}

function objectsEqual(a: object, b: object): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && listsEqual(a, b);
  if (a instanceof Dict) return b instanceof Dict && dictsEqual(a, b);
  if (a instanceof PyRange) return b instanceof PyRange && listsEqual([...a], [...b]);
  if (!isSetLike(a) || !isSetLike(b)) return false;
  const [left, right] = [new PySet(a), new PySet(b)];
  if (left.size !== right.size) return false;
  for (const item of left) if (!right.has(item)) return false;
  return true;
}

/** A set, or a view that compares like one. */
function isSetLike(value: object): value is PySet | DictView {
  return value instanceof PySet || (value instanceof DictView && value.kind !== 'values');
}

function listsEqual(a: readonly any[], b: readonly any[]): boolean {
  if (a.length !== b.length || a instanceof Tuple !== b instanceof Tuple) return false;
  for (let i = 0; i < a.length; i++) if (!same(a[i], b[i])) return false;
  return true;
}

function dictsEqual(a: Dict, b: Dict): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a.entries()) if (!b.has(key) || !same(value, b.get(key))) return false;
  return true;
}
