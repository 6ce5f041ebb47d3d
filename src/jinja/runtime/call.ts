import { JinjaError, typeError } from '../errors.ts';
import { iterable } from '../ops/iterate.ts';
import { typeName } from '../ops/types.ts';
import { type Step, settle } from '../step.ts';
import { Dict } from '../values/dict.ts';
import { StrSubclass } from '../values/markup.ts';
import { HostFunction, type Kwargs, PyObject, type Value } from '../values/object.ts';
import { Undefined } from '../values/undefined.ts';

export const NO_KWARGS: Kwargs = new Map();

/** Calls a value. What comes back may be a promise or a step; `settle` makes it a value. */
export function call(fn: Value, args: readonly Value[], kwargs: Kwargs): Value {
  if (fn instanceof HostFunction) return fn.call(fn.constructor === HostFunction ? plain(args) : args, kwargs);
  if (fn instanceof PyObject && fn.pyCall !== undefined) return fn.pyCall(args, kwargs);
  if (fn instanceof Undefined) return fn.kind === 'parse' ? fn : fn.fail();
  throw typeError(`'${typeName(fn)}' object is not callable`);
}

/** Marked text is a str in Python: functions of the host get it as a string. */
function plain(args: readonly Value[]): readonly Value[] {
  for (const arg of args) {
    if (arg instanceof StrSubclass) return args.map((one) => (one instanceof StrSubclass ? one.value : one));
  }
  return args;
}

/** Calls a value and waits for what it gives. */
export function* callValue(fn: Value, args: readonly Value[], kwargs: Kwargs = NO_KWARGS): Step<Value> {
  return yield* settle(call(fn, args, kwargs));
}

/** `*value` in a call. */
export function spread(value: Value): Iterable<Value> {
  const items = iterable(value);
  if (items === undefined) throw typeError(`Value after * must be an iterable, not ${typeName(value)}`);
  return items;
}

/** What Python calls the function that every call of a template goes through. */
const CALL = 'jinja2.sandbox.SandboxedEnvironment.call()';

/** The named arguments of a call: keys and values in turn, then `**more`. */
export function collectKwargs(pairs: readonly Value[], more?: Value, caller = CALL): Kwargs {
  const kwargs = new Map<string, Value>();
  for (let i = 0; i < pairs.length; i += 2) kwargs.set(pairs[i], pairs[i + 1]);
  if (more === undefined) return kwargs;
  if (!(more instanceof Dict)) {
    if (more instanceof Undefined) more.fail();
    throw typeError(`${caller} argument after ** must be a mapping, not ${typeName(more)}`);
  }
  for (const [key, value] of more.entries()) {
    if (typeof key !== 'string') throw typeError('keywords must be strings');
    if (kwargs.has(key)) throw typeError(`${caller} got multiple values for keyword argument '${key}'`);
    kwargs.set(key, value);
  }
  return kwargs;
}

export function raise(kind: string, message: string): JinjaError {
  return new JinjaError(kind, message);
}
