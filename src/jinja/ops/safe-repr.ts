import { Dict } from '../values/dict.ts';
import { PyFloat } from '../values/float.ts';
import { Markup } from '../values/markup.ts';
import { PyRange } from '../values/range.ts';
import { PySet } from '../values/set.ts';
import { Tuple } from '../values/tuple.ts';

/** The values that Jinja2 is willing to write into generated code. */
export function hasSafeRepr(value: any): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (value instanceof PyFloat || value instanceof PyRange || value instanceof Markup) return true;
  if (Array.isArray(value))
    return (value.constructor === Array || value.constructor === Tuple) && value.every(hasSafeRepr);
  if (value instanceof PySet) return [...value].every(hasSafeRepr);
  return value instanceof Dict && [...value.entries()].every(([key, item]) => hasSafeRepr(key) && hasSafeRepr(item));
}
