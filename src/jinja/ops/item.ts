import { typeError, valueError } from '../errors.ts';
import { Dict } from '../values/dict.ts';
import { StrSubclass, textLike } from '../values/markup.ts';
import { PyObject } from '../values/object.ts';
import { PyRange } from '../values/range.ts';
import { Tuple, tuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import { hasSurrogates } from './iterate.ts';
import { isInt, typeName } from './types.ts';

/** `a[start:stop:step]` as a value; null for what was left out. */
export class Slice {
  readonly start: any;
  readonly stop: any;
  readonly step: any;
  constructor(start: any, stop: any, step: any) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** `value[key]` as Python does it, or JavaScript's undefined where it would raise a TypeError or LookupError. */
export function findItem(value: any, key: any): any {
  if (value instanceof Dict) return value.get(key);
  if (key instanceof Slice) return slice(value, key);
  if (value instanceof PyObject) return value.pyItem(key);
  if (value instanceof Undefined) return value.item();
  if (!isInt(key)) return undefined;
  if (Array.isArray(value)) return value[position(Number(key), value.length)];
  if (typeof value === 'string') return charAt(value, Number(key));
  if (value instanceof StrSubclass) {
    const char = charAt(value.value, Number(key));
    return char === undefined ? undefined : textLike(value, char);
  }
  if (value instanceof PyRange) {
    const at = position(Number(key), value.length);
    return at >= 0 && at < value.length ? value.at(at) : undefined;
  }
  return undefined;
}

function position(index: number, length: number): number {
  return index < 0 ? index + length : index;
}

function charAt(text: string, index: number): string | undefined {
  if (hasSurrogates(text)) {
    const chars = [...text];
    return chars[position(index, chars.length)];
  }
  return text[position(index, text.length)];
}

/** `value[start:stop:step]`; raises where the value has no slices. */
export function slice(value: any, by: Slice): any {
  if (typeof value === 'string') return sliceText(value, by);
  if (value instanceof StrSubclass) return textLike(value, sliceText(value.value, by));
  if (value instanceof Tuple) return tuple(pick(value, by));
  if (Array.isArray(value)) return pick(value, by);
  if (value instanceof PyRange) {
    const { start, stop, step } = bounds(by, value.length);
    return new PyRange(value.at(start), value.at(stop), value.step * step);
  }
  if (value instanceof Undefined) return value.item();
  if (value instanceof PyObject) {
    const item = value.pyItem(by);
    if (item !== undefined) return item;
  }
  if (value instanceof Dict) throw typeError("unhashable type: 'slice'");
  throw typeError(`'${typeName(value)}' object is not subscriptable`);
}

function sliceText(text: string, by: Slice): string {
  if (by.step === null && !hasSurrogates(text)) {
    const { start, stop } = bounds(by, text.length);
    return start < stop ? text.slice(start, stop) : '';
  }
  return pick([...text], by).join('');
}

function pick(items: readonly any[], by: Slice): any[] {
  const { start, stop, step } = bounds(by, items.length);
  const picked: any[] = [];
  if (step > 0) for (let i = start; i < stop; i += step) picked.push(items[i]);
  else for (let i = start; i > stop; i += step) picked.push(items[i]);
  return picked;
}

function bound(value: any, fallback: number, length: number, low: number, high: number): number {
  if (value === null) return fallback;
  if (value instanceof Undefined || !isInt(value)) {
    throw typeError('slice indices must be integers or None or have an __index__ method');
  }
  return Math.min(Math.max(position(Number(value), length), low), high);
}

function bounds(by: Slice, length: number): { start: number; stop: number; step: number } {
  const step = by.step === null ? 1 : bound(by.step, 1, 0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  if (step === 0) throw valueError('slice step cannot be zero');
  const low = step > 0 ? 0 : -1;
  const high = step > 0 ? length : length - 1;
  return {
    start: bound(by.start, step > 0 ? 0 : length - 1, length, low, high),
    stop: bound(by.stop, step > 0 ? length : -1, length, low, high),
    step,
  };
}
