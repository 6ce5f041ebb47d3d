import { Dict } from '../values/dict.ts';
import { PyFloat } from '../values/float.ts';
import { DictView } from '../values/iterator.ts';
import { StrSubclass } from '../values/markup.ts';
import { PyObject } from '../values/object.ts';
import { PyRange } from '../values/range.ts';
import { PySet } from '../values/set.ts';
import { Undefined } from '../values/undefined.ts';

/** Python's bool(). */
export function truth(value: any): boolean {
  if (typeof value !== 'object') return Boolean(value);
  return value !== null && truthOfObject(value);
}

function truthOfObject(value: object): boolean {
  if (Array.isArray(value) || value instanceof PyRange) return value.length > 0;
  if (value instanceof Dict || value instanceof PySet) return value.size > 0;
  if (value instanceof PyFloat) return value.value !== 0;
  if (value instanceof Undefined) {
    value.allow();
    return false;
  }
  if (value instanceof PyObject) return value.pyTruth();
  if (value instanceof StrSubclass) return value.value !== '';
  if (value instanceof DictView) return value.size() > 0;
  return true;
}
