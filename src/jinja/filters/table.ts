import { typeError } from '../errors.ts';
import type { Run } from '../runtime/facts.ts';
import type { Kwargs, Value } from '../values/object.ts';

/** A filter or test: what it is applied to, then its arguments in the order of `names`. */
export type FilterFn = (context: Run, value: Value, ...args: any[]) => Value;

export interface FilterEntry {
  readonly run: (context: Run, value: Value, args: readonly Value[], kwargs: Kwargs) => Value;
  /** Jinja2 gives it the context, so it is never computed ahead of time. */
  readonly needsContext: boolean;
}

/** A filter with a signature, written as Python would: `'width=, first=, blank='`; a name without `=` is required. */
export function filter(name: string, signature: string, fn: FilterFn, needsContext = false): FilterEntry {
  const names = signature.split(/[ ,]+/).filter(Boolean);
  const plain = names.map((word) => word.replace('=', ''));
  const required = names.filter((word) => !word.endsWith('=')).length;
  const run = (context: Run, value: Value, args: readonly Value[], kwargs: Kwargs): Value => {
    if (args.length === 0 && kwargs.size === 0 && required === 0) return fn(context, value);
    return fn(context, value, ...arrange(name, plain, required, args, kwargs));
  };
  return { run, needsContext };
}

/** A filter that takes any arguments. */
export function openFilter(
  run: (context: Run, value: Value, args: readonly Value[], kwargs: Kwargs) => Value,
  needsContext = false,
): FilterEntry {
  return { run, needsContext };
}

/** Functions that Jinja2 also gives the environment or the context, which Python counts as an argument. */
const TOLD = new Set(
  'sync_do_first do_last do_min do_max do_sort sync_do_unique sync_do_groupby do_attr sync_do_sum do_random do_urlize do_tojson do_xmlattr sync_do_join do_replace'.split(
    ' ',
  ),
);

/** Arguments in the order of `names`, without the first one, which Python counts too. */
export function arrange(
  name: string,
  names: readonly string[],
  required: number,
  args: readonly Value[],
  kwargs: Kwargs,
): Value[] {
  const arranged: Value[] = [...args];
  // Python's own functions, which know no names.
  if (kwargs.size > 0 && (name === 'len' || name === 'abs')) throw typeError(`${name}() takes no keyword arguments`);
  for (const [key, value] of kwargs) {
    const at = names.indexOf(key);
    if (at < 0) throw typeError(`${name}() got an unexpected keyword argument '${key}'`);
    if (at < args.length) throw typeError(`${name}() got multiple values for argument '${key}'`);
    arranged[at] = value;
  }
  if (args.length > names.length) {
    const own = TOLD.has(name) ? 2 : 1;
    const most = names.length + own;
    const least = required + own;
    const range = least === most ? `${most}` : `from ${least} to ${most}`;
    throw typeError(
      `${name}() takes ${range} positional argument${most === 1 ? '' : 's'} but ${args.length + own} were given`,
    );
  }
  const missing = names.slice(0, required).filter((_, i) => arranged[i] === undefined);
  if (missing.length > 0) {
    const list = missing.map((word) => `'${word}'`).join(' and ');
    throw typeError(
      `${name}() missing ${missing.length} required positional argument${missing.length === 1 ? '' : 's'}: ${list}`,
    );
  }
  return arranged;
}
