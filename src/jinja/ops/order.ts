import { typeError } from '../errors.ts';
import { PyFloat } from '../values/float.ts';
import { DictView } from '../values/iterator.ts';
import { type BinaryOp, PyObject } from '../values/object.ts';
import { PySet } from '../values/set.ts';
import { Tuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import { same } from './equality.ts';
import { isNumber, isString, textOf, toFloat, typeName } from './types.ts';

type Order = '<' | '<=' | '>' | '>=';

const MIRRORED: Readonly<Record<Order, Order>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** Python's `<`, `<=`, `>` and `>=`. */
export function ordered(op: Order, a: any, b: any): any {
  if (typeof a === 'number' && typeof b === 'number') return decide(op, a - b);
  if (isNumber(a) && isNumber(b)) return numbersOrdered(op, a, b);
  if (isString(a) && isString(b)) return decide(op, compareText(textOf(a), textOf(b)));
  if (a instanceof Undefined) a.fail();
  if (b instanceof Undefined) b.fail();
  if (Array.isArray(a) && Array.isArray(b) && a instanceof Tuple === b instanceof Tuple) return listsOrdered(op, a, b);
  const left = asSet(a);
  const right = asSet(b);
  if (left && right) return setsOrdered(op, left, right);
  const own = a instanceof PyObject ? a.pyBinary?.(op as BinaryOp, b, false) : undefined;
  const result = own ?? (b instanceof PyObject ? b.pyBinary?.(MIRRORED[op] as BinaryOp, a, true) : undefined);
  if (result !== undefined) return result;
  throw typeError(`'${op}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

function decide(op: Order, sign: number): boolean {
  if (op === '<') return sign < 0;
  if (op === '<=') return sign <= 0;
  return op === '>' ? sign > 0 : sign >= 0;
}

function numbersOrdered(op: Order, a: any, b: any): boolean {
  const left = typeof a === 'bigint' ? a : toFloat(a);
  const right = typeof b === 'bigint' ? b : toFloat(b);
  if (op === '<') return left < right;
  if (op === '<=') return left <= right;
  return op === '>' ? left > right : left >= right;
}

/** By code points; JavaScript's own order differs where surrogates meet characters above them. */
export function compareText(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const surrogates = Number(x >= 0xd800 && x < 0xe000) - Number(y >= 0xd800 && y < 0xe000);
    return surrogates !== 0
      ? surrogates * (Math.max(x, y) >= 0xe000 || Math.min(x, y) < 0xd800 ? 1 : 0) || x - y
      : x - y;
  }
  return a.length - b.length;
}

function listsOrdered(op: Order, a: readonly any[], b: readonly any[]): any {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) if (!same(a[i], b[i])) return ordered(op, a[i], b[i]);
  return decide(op, a.length - b.length);
}

function asSet(value: any): PySet | undefined {
  if (value instanceof PySet) return value;
  return value instanceof DictView && value.kind !== 'values' ? new PySet(value) : undefined;
}

function setsOrdered(op: Order, a: PySet, b: PySet): boolean {
  if (op === '>' || op === '>=') return setsOrdered(MIRRORED[op], b, a);
  if (op === '<' ? a.size >= b.size : a.size > b.size) return false;
  for (const item of a) if (!b.has(item)) return false;
  return true;
}

/** For sorting: negative, zero or positive, by Python's `<`. */
export function compareValues(a: any, b: any): number {
  if (ordered('<', a, b) === true) return -1;
  if (a instanceof PyFloat || b instanceof PyFloat) return ordered('<', b, a) ? 1 : 0;
  return ordered('<', b, a) === true ? 1 : 0;
}
