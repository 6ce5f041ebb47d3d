import { hostFunction, JinjaError, type Value } from '../../../jinja/index.ts';

/** What a method is called with: positional and keyword arguments put in the order of the parameters; undefined where not given. */
export type Arguments = readonly Value[];

/**
 * A function for templates that takes its arguments as Python does. A name ending in `?` may be left out, `*` ends the
 * list of names: whatever more is given is ignored.
 */
export function method(name: string, parameters: readonly string[], fn: (...args: Value[]) => unknown): Value {
  const open = parameters.includes('*');
  const names = parameters.filter((parameter) => parameter !== '*').map((parameter) => parameter.replace('?', ''));
  const needed = parameters.filter((parameter) => parameter !== '*' && !parameter.endsWith('?'));
  return hostFunction(name, (args, kwargs) => {
    const values: Value[] = args.slice(0, names.length);
    if (args.length > names.length && !open)
      throw typeError(`${name}() takes ${names.length} positional arguments but ${args.length} were given`);
    for (const [key, value] of kwargs) {
      const at = names.indexOf(key);
      if (at >= 0) values[at] = value;
      else if (!open) throw typeError(`${name}() got an unexpected keyword argument '${key}'`);
    }
    const missing = needed.find((parameter) => values[names.indexOf(parameter)] === undefined);
    if (missing !== undefined) throw typeError(`${name}() missing 1 required positional argument: '${missing}'`);
    return fn(...values);
  });
}

function typeError(message: string): JinjaError {
  return new JinjaError('TypeError', message);
}
