import { typeError } from '../errors.ts';
import { Dict } from '../values/dict.ts';
import { DictView } from '../values/iterator.ts';
import { PyObject } from '../values/object.ts';
import { PyRange } from '../values/range.ts';
import { PySet } from '../values/set.ts';
import { Undefined } from '../values/undefined.ts';
import { same } from './equality.ts';
import { iterable } from './iterate.ts';
import { isNumber, isString, textOf, toFloat, typeName } from './types.ts';

/** Python's `item in container`. */
export function contains(container: any, item: any): boolean {
  if (isString(container)) {
    if (!isString(item)) throw typeError(`'in <string>' requires string as left operand, not ${typeName(item)}`);
    return textOf(container).includes(textOf(item));
  }
  if (Array.isArray(container)) return container.some((one) => same(one, item));
  if (container instanceof Dict || container instanceof PySet) return container.has(item);
  if (container instanceof DictView && container.kind === 'keys') return [...container].some((one) => same(one, item));
  if (container instanceof PyRange) {
    if (item instanceof Undefined && container.length > 0) item.allow();
    return isNumber(item) && container.has(toFloat(item));
  }
  if (container instanceof PyObject && container.pyContains !== undefined) return container.pyContains(item);
  if (container instanceof Undefined) container.allow();
  const items = iterable(container);
  if (items === undefined) throw typeError(`argument of type '${typeName(container)}' is not iterable`);
  for (const one of items) if (same(one, item)) return true;
  return false;
}
