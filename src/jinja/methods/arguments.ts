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

/** For methods that take positional arguments alone. `name` is qualified, as in `list.insert`. */
export function positional(name: string, least: number, most: number, args: readonly Value[], kwargs: Kwargs): void {
  if (kwargs.size > 0) throw typeError(`${name}() takes no keyword arguments`);
  if (args.length >= least && args.length <= most) return;
  const short = name.slice(name.lastIndexOf('.') + 1);
  if (least === most && most <= 1) {
    throw typeError(`${name}() takes ${most === 0 ? 'no arguments' : 'exactly one argument'} (${args.length} given)`);
  }
  const wanted = args.length < least ? least : most;
  const count = `${wanted} argument${wanted === 1 ? '' : 's'}`;
  const bound = least === most ? '' : args.length < least ? 'at least ' : 'at most ';
  throw typeError(`${short} expected ${bound}${count}, got ${args.length}`);
}

/** How many positional arguments the methods take that take nothing else: `least` to `most`. */
export type Arities = Readonly<Record<string, readonly [least: number, most: number]>>;

/** The methods, with the number of their arguments checked first as Python does. */
export function checkedTable(type: string, arities: Arities, methods: Record<string, Method>): MethodTable {
  const checked = Object.entries(methods).map(([name, run]): [string, Method] => {
    const arity = arities[name];
    if (arity === undefined) return [name, run];
    const [least, most] = arity;
    const qualified = `${type}.${name}`;
    return [
      name,
      (self, args, kwargs) => {
        if (args.length < least || args.length > most || kwargs.size > 0) {
          positional(qualified, least, most, args, kwargs);
        }
        return run(self, args, kwargs);
      },
    ];
  });
  return methodTable(Object.fromEntries(checked));
}

/** The arities of several methods that have the same. */
export function each(names: string, least: number, most: number): Arities {
  return Object.fromEntries(names.split(' ').map((name) => [name, [least, most]]));
}
