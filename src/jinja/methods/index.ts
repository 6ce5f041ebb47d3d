import { Dict } from '../values/dict.ts';
import { PyFloat } from '../values/float.ts';
import { DictView } from '../values/iterator.ts';
import { Markup } from '../values/markup.ts';
import { PyRange } from '../values/range.ts';
import { PySet } from '../values/set.ts';
import { Tuple } from '../values/tuple.ts';
import type { MethodTable } from './arguments.ts';
import { DICT_METHODS } from './dict.ts';
import { LIST_METHODS, RANGE_METHODS, TUPLE_METHODS } from './list.ts';
import { MARKUP_METHODS } from './markup.ts';
import { FLOAT_METHODS, INT_METHODS } from './number.ts';
import { SET_METHODS, VIEW_METHODS } from './set.ts';
import { STRING_METHODS } from './string.ts';

/** The methods of a built-in value. */
export function methodsOf(value: unknown): MethodTable | undefined {
  if (typeof value === 'string') return STRING_METHODS;
  if (value instanceof Dict) return DICT_METHODS;
  if (value instanceof Tuple) return TUPLE_METHODS;
  if (value instanceof PyRange) return RANGE_METHODS;
  if (Array.isArray(value)) return LIST_METHODS;
  if (value instanceof PySet) return SET_METHODS;
  if (value instanceof DictView) return value.kind === 'values' ? undefined : VIEW_METHODS;
  if (value instanceof Markup) return MARKUP_METHODS;
  if (value instanceof PyFloat) return FLOAT_METHODS;
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? INT_METHODS : undefined;
}
