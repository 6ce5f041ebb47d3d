import type { Value } from '../../../jinja/index.ts';
import { pyTypeError } from '../../py-function.ts';

/** The values of a class' parameters, with the messages of Python's C code. `called` is what it names for unknown keywords. */
export function classArguments(
  called: string,
  names: readonly string[],
  required: number,
  args: readonly Value[],
  kwargs: ReadonlyMap<string, Value>,
): Value[] {
  if (args.length > names.length)
    throw pyTypeError(`function takes at most ${names.length} arguments (${args.length + kwargs.size} given)`);
  const values = [...args];
  for (const [key, value] of kwargs) {
    const at = names.indexOf(key);
    if (at < 0) throw pyTypeError(`'${key}' is an invalid keyword argument for ${called}()`);
    if (values[at] !== undefined)
      throw pyTypeError(`argument for ${called}() given by name ('${key}') and position (${at + 1})`);
    values[at] = value;
  }
  for (let i = 0; i < required; i++)
    if (values[i] === undefined) throw pyTypeError(`function missing required argument '${names[i]}' (pos ${i + 1})`);
  return values;
}
