import { Dict } from '../values/dict.ts';
import { PyFloat } from '../values/float.ts';
import { Markup } from '../values/markup.ts';
import { PySet } from '../values/set.ts';
import { Tuple } from '../values/tuple.ts';

/** A constant as JavaScript. Mutable ones are made anew each time. */
export function compileConst(value: any): string {
  if (value === null || typeof value !== 'object')
    return typeof value === 'bigint' ? `${value}n` : JSON.stringify(value);
  if (value instanceof PyFloat) return compileFloat(value.value);
  if (value instanceof Markup) return `R.markup(${JSON.stringify(value.value)})`;
  if (value instanceof Dict) {
    const pairs = [...value.entries()].map(([key, item]) => `${compileConst(key)},${compileConst(item)}`);
    return `R.dict([${pairs.join(',')}])`;
  }
  const items = `[${Array.from(value as Iterable<any>, compileConst).join(',')}]`;
  if (value instanceof PySet) return `R.set(${items})`;
  return value instanceof Tuple ? `R.tuple(${items})` : items;
}

/** Jinja2 writes infinity into its code by the name it prints with, which Python does not know. */
function compileFloat(value: number): string {
  if (!Number.isFinite(value)) return `R.unknownName("${Number.isNaN(value) ? 'nan' : 'inf'}")`;
  return `R.float(${Object.is(value, -0) ? '-0' : String(value)})`;
}
