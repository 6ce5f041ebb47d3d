import { BoundMethod, type Kwargs, type PyObject, StrSubclass, type Value } from '../jinja/index.ts';
import { pyTypeError } from './py-function.ts';

type Fn = (...values: Value[]) => unknown;

const counted = (count: number, what = 'argument'): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** A method of Python's C code, bound to what it was asked of. Marked text arrives as a string. */
export function boundMethod(
  self: PyObject,
  name: string,
  fn: (args: readonly Value[], kwargs: Kwargs) => unknown,
): Value {
  const plain = (value: Value): Value => (value instanceof StrSubclass ? value.value : value);
  return new BoundMethod(self, name, (args, kwargs) => fn(args.map(plain), kwargs));
}

/** One that takes its arguments by position or by name; the parameters are written as for `keywordArguments`. */
export function keywordMethod(self: PyObject, name: string, parameters: readonly string[], fn: Fn): Value {
  return boundMethod(self, name, (args, kwargs) => fn(...keywordArguments(name, parameters, args, kwargs)));
}

/** One that takes so many arguments, by position. */
export function exactMethod(self: PyObject, name: string, count: number, fn: Fn): Value {
  return boundMethod(self, name, (args, kwargs) => {
    if (kwargs.size > 0) throw pyTypeError(`${name}() takes no keyword arguments`);
    if (args.length !== count) throw pyTypeError(`${name}() takes exactly ${counted(count)} (${args.length} given)`);
    return fn(...args);
  });
}

/** One that takes nothing; `owner` is the class that its messages name. */
export function bareMethod(self: PyObject, name: string, fn: () => unknown, owner = classOf(self)): Value {
  return boundMethod(self, name, (args, kwargs) => {
    noKeywords(`${owner}.${name}`, kwargs);
    if (args.length > 0) throw pyTypeError(`${owner}.${name}() takes no arguments (${args.length} given)`);
    return fn();
  });
}

/** One that takes one argument, by position. */
export function singleMethod(
  self: PyObject,
  name: string,
  fn: (value: Value) => unknown,
  owner = classOf(self),
): Value {
  return boundMethod(self, name, (args, kwargs) => {
    noKeywords(`${owner}.${name}`, kwargs);
    if (args.length !== 1) throw pyTypeError(`${owner}.${name}() takes exactly one argument (${args.length} given)`);
    return fn(args[0]);
  });
}

/** One that takes one argument or none, by position. */
export function optionalMethod(self: PyObject, name: string, fn: (value?: Value) => unknown): Value {
  return boundMethod(self, name, (args, kwargs) => {
    noKeywords(`${classOf(self)}.${name}`, kwargs);
    if (args.length > 1) throw pyTypeError(`${name} expected at most 1 argument, got ${args.length}`);
    return fn(args[0]);
  });
}

const classOf = (self: PyObject): string => self.pyTypeName().replace(/^.*\./, '');

function noKeywords(called: string, kwargs: Kwargs): void {
  if (kwargs.size > 0) throw pyTypeError(`${called}() takes no keyword arguments`);
}

/**
 * The values of a C function's parameters, in their order, with C's messages. A parameter that ends in `?` may be left out
 * and is then undefined; one that begins with `*` is given by name only. Some classes do not say how they are called.
 * `check` looks at each value in its turn, before the next is missed.
 */
export function keywordArguments(
  called: string | undefined,
  parameters: readonly string[],
  args: readonly Value[],
  kwargs: Kwargs,
  check: (value: Value, at: number) => void = () => {},
): Value[] {
  const names = parameters.map((parameter) => parameter.replace(/^\*|\?$/g, ''));
  const shown = called === undefined ? 'function' : `${called}()`;
  const [given, positional] = [args.length + kwargs.size, parameters.filter((one) => !one.startsWith('*')).length];
  if (given > names.length) {
    const most = counted(names.length, args.length === 0 ? 'keyword argument' : 'argument');
    throw pyTypeError(`${shown} takes at most ${most} (${given} given)`);
  }
  if (args.length > positional)
    throw pyTypeError(`${shown} takes at most ${counted(positional, 'positional argument')} (${args.length} given)`);
  const values = names.map((name, i) => (i < args.length ? args[i] : kwargs.get(name)));
  for (const [i, value] of values.entries()) {
    if (value !== undefined) check(value, i);
    else if (!parameters[i]?.endsWith('?'))
      throw pyTypeError(`${shown} missing required argument '${names[i]}' (pos ${i + 1})`);
  }
  for (const [i, name] of names.slice(0, args.length).entries())
    if (kwargs.has(name)) throw pyTypeError(`argument for ${shown} given by name ('${name}') and position (${i + 1})`);
  for (const key of kwargs.keys()) {
    if (names.includes(key)) continue;
    const where = called === undefined ? 'this function' : shown;
    throw pyTypeError(`'${key}' is an invalid keyword argument for ${where}`);
  }
  return values;
}
