import { type HostFn, hostFunction, JinjaError, RawFunction, type Value } from '../jinja/index.ts';

/**
 * A function with Python's way of taking arguments. Each parameter is a name; one that ends in `?` may be left out and
 * then arrives as undefined. Too many, too few or unknown arguments are Python's TypeError.
 */
export function pyFunction(name: string, parameters: readonly string[], fn: (...values: Value[]) => unknown): Value {
  return hostFunction(name, withParameters(name, parameters, fn));
}

/** The same for a function that must know marked text from a plain string. */
export function rawFunction(name: string, parameters: readonly string[], fn: (...values: Value[]) => unknown): Value {
  return new RawFunction(name, withParameters(name, parameters, fn));
}

function withParameters(name: string, parameters: readonly string[], fn: (...values: Value[]) => unknown): HostFn {
  const names = parameters.map((parameter) => parameter.replace('?', ''));
  const needed = parameters.filter((parameter) => !parameter.endsWith('?'));
  return (args, kwargs) => {
    if (kwargs.size === 0 && args.length >= needed.length && args.length <= names.length) return fn(...args);
    return fn(...bindArguments(name, names, needed, args, kwargs));
  };
}

/** The values of the parameters, in their order. */
export function bindArguments(
  name: string,
  names: readonly string[],
  needed: readonly string[],
  args: readonly Value[],
  kwargs: ReadonlyMap<string, Value>,
): Value[] {
  const values: Value[] = [...args];
  for (const [key, value] of kwargs) {
    const at = names.indexOf(key);
    if (at < 0) throw pyTypeError(`${name}() got an unexpected keyword argument '${key}'`);
    if (at < args.length) throw pyTypeError(`${name}() got multiple values for argument '${key}'`);
    values[at] = value;
  }
  if (args.length > names.length)
    throw pyTypeError(
      `${name}() takes ${takes(names, needed)} but ${args.length} ${args.length === 1 ? 'was' : 'were'} given`,
    );
  const missing = needed.filter((parameter) => values[names.indexOf(parameter)] === undefined);
  if (missing.length > 0) throw pyTypeError(missingText(name, missing));
  return values;
}

export function pyTypeError(message: string): JinjaError {
  return new JinjaError('TypeError', message);
}

export function pyValueError(message: string): JinjaError {
  return new JinjaError('ValueError', message);
}

function takes(names: readonly string[], needed: readonly string[]): string {
  const most = `${names.length} positional argument${names.length === 1 ? '' : 's'}`;
  return needed.length === names.length ? most : `from ${needed.length} to ${most}`;
}

function missingText(name: string, missing: readonly string[]): string {
  const quoted = missing.map((parameter) => `'${parameter}'`);
  const last = quoted.pop();
  const list = quoted.length === 0 ? last : `${quoted.join(', ')}${quoted.length > 1 ? ',' : ''} and ${last}`;
  return `${name}() missing ${missing.length} required positional argument${missing.length === 1 ? '' : 's'}: ${list}`;
}
