import { typeError, valueError } from '../errors.ts';
import { Dict } from '../values/dict.ts';
import { DictView, PyIterator } from '../values/iterator.ts';
import { StrSubclass } from '../values/markup.ts';
import { PyObject } from '../values/object.ts';
import { PyRange } from '../values/range.ts';
import { PySet } from '../values/set.ts';
import { Undefined } from '../values/undefined.ts';
import { isString, textOf, typeName } from './types.ts';

const NOTHING: readonly any[] = [];

/** What can be iterated, as a JavaScript iterable; undefined where Python would raise. */
export function iterable(value: any): Iterable<any> | undefined {
  if (Array.isArray(value)) return value;
  if (isString(value)) return textOf(value);
  if (value instanceof Dict) return value.keys();
  if (value instanceof PyIterator || value instanceof PyRange || value instanceof PySet || value instanceof DictView) {
    return value;
  }
  if (value instanceof Undefined) {
    value.allow();
    return NOTHING;
  }
  return value instanceof PyObject ? value.pyIter?.() : undefined;
}

/** Python's iter(). */
export function iterate(value: any): Iterable<any> {
  const found = iterable(value);
  if (found === undefined) throw typeError(`'${typeName(value)}' object is not iterable`);
  return found;
}

/** Python's len(), or undefined where there is none. */
export function lengthOf(value: any): number | undefined {
  if (isString(value)) return textLength(textOf(value));
  if (Array.isArray(value) || value instanceof PyRange) return value.length;
  if (value instanceof Dict || value instanceof PySet) return value.size;
  if (value instanceof DictView) return value.size();
  if (value instanceof Undefined) {
    value.allow();
    return 0;
  }
  return value instanceof PyObject ? value.pyLen?.() : undefined;
}

/** Python's len(). */
export function length(value: any): number {
  const found = lengthOf(value);
  if (found === undefined) throw typeError(`object of type '${typeName(value)}' has no len()`);
  return found;
}

export function hasSurrogates(text: string): boolean {
  return /[\ud800-\udfff]/.test(text);
}

/** The number of code points. */
export function textLength(text: string): number {
  return hasSurrogates(text) ? [...text].length : text.length;
}

/** For `a, b = value`: exactly `count` items. */
export function unpack(value: any, count: number): any[] {
  const found = value instanceof StrSubclass ? [...value.value] : iterable(value);
  if (found === undefined) throw typeError(`cannot unpack non-iterable ${typeName(value)} object`);
  const items: any[] = [];
  for (const item of found) {
    if (items.length === count) {
      throw valueError(`too many values to unpack (expected ${count})`);
    }
    items.push(item);
  }
  if (items.length < count) {
    throw valueError(`not enough values to unpack (expected ${count}, got ${items.length})`);
  }
  return items;
}
