import { typeError } from '../errors.ts';
import type { Kwargs, Value } from '../values/object.ts';

export type Method = (self: any, args: readonly Value[], kwargs: Kwargs) => Value;
export type MethodTable = Readonly<Record<string, Method>>;

/** A table without a prototype: what is not in it is not there. */
export function methodTable(methods: Record<string, Method>): MethodTable {
  return Object.assign(Object.create(null), methods);
}

/**
 * Puts positional and named arguments in the order of `names`; JavaScript's undefined for what was not given.
 * `required` is how many must be given. `name` is what messages call the function.
 */
export function bind(
  name: string,
  names: readonly string[],
  required: number,
  args: readonly Value[],
  kwargs: Kwargs,
): Value[] {
  if (args.length > names.length) {
    const most = names.length === 1 ? '1 argument' : `${names.length} arguments`;
    const word = required === names.length ? 'exactly' : 'at most';
    throw typeError(`${name}() takes ${word} ${most} (${args.length} given)`);
  }
  const bound: Value[] = [...args];
  if (kwargs.size > 0) bindNamed(name, names, bound, kwargs);
  for (let i = 0; i < required; i++) {
    if (bound[i] === undefined) throw typeError(`${name}() missing required argument '${names[i]}' (pos ${i + 1})`);
  }
  return bound;
}

function bindNamed(name: string, names: readonly string[], bound: Value[], kwargs: Kwargs): void {
  for (const [key, value] of kwargs) {
    const at = names.indexOf(key);
    if (at < 0) throw typeError(`${name}() got an unexpected keyword argument '${key}'`);
    if (bound[at] !== undefined) throw typeError(`${name}() got multiple values for argument '${key}'`);
    bound[at] = value;
  }
}

/** For methods that take a fixed number of positional arguments and no named ones. */
export function positional(name: string, least: number, most: number, args: readonly Value[], kwargs: Kwargs): void {
  if (kwargs.size > 0) throw typeError(`${name}() takes no keyword arguments`);
  if (args.length >= least && args.length <= most) return;
  const count = `(${args.length} given)`;
  const short = name.slice(name.lastIndexOf('.') + 1);
  if (least === most) {
    const wanted = most === 0 ? 'no arguments' : most === 1 ? 'exactly one argument' : `exactly ${most} arguments`;
    throw typeError(`${name}() takes ${wanted} ${count}`);
  }
  const bad = args.length < least ? `at least ${least}` : `at most ${most}`;
  throw typeError(
    `${short} expected ${bad} argument${(args.length < least ? least : most) === 1 ? '' : 's'}, got ${args.length}`,
  );
}
