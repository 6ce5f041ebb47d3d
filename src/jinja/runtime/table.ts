import { JinjaError } from '../errors.ts';
import { Namespace } from '../globals.ts';
import { escapeValue } from '../methods/markup.ts';
import { sign } from '../ops/arithmetic.ts';
import { getAttr, getItem } from '../ops/attribute.ts';
import { contains } from '../ops/contains.ts';
import { equals } from '../ops/equality.ts';
import { Slice, slice } from '../ops/item.ts';
import { iterate, unpack } from '../ops/iterate.ts';
import * as operators from '../ops/operators.ts';
import { ordered } from '../ops/order.ts';
import { str } from '../ops/text.ts';
import { truth } from '../ops/truth.ts';
import { isPending, settle } from '../step.ts';
import { step } from '../steps.ts';
import { Dict } from '../values/dict.ts';
import { PyFloat } from '../values/float.ts';
import { Markup } from '../values/markup.ts';
import { PySet } from '../values/set.ts';
import { tuple } from '../values/tuple.ts';
import { Undefined, type UndefinedKind } from '../values/undefined.ts';
import { TemplateReference } from './blocks.ts';
import { call, collectKwargs, NO_KWARGS, raise, spread } from './call.ts';
import type { Run } from './facts.ts';
import { LoopContext } from './loop.ts';
import { Macro } from './macro.ts';
import { concatParts } from './output.ts';
import { type Place, trace } from './trace.ts';

/** What the environment adds to the table of the generated code. */
export interface RuntimeHooks {
  readonly undefinedKind: UndefinedKind;
  readonly filter: (name: string) => unknown;
  readonly test: (name: string) => unknown;
  readonly template: (context: Run, name: unknown) => unknown;
  readonly include: (context: Run, name: unknown, ignoreMissing: boolean) => unknown;
  readonly imported: (place: Place, module: any, name: string, line: number) => unknown;
}

/** Everything generated code calls: its parameter `R`. */
export function runtimeTable(hooks: RuntimeHooks): Record<string, unknown> {
  const kind = hooks.undefinedKind;
  return {
    ...FIXED,
    ...hooks,
    U: (name: string, hint?: string) => new Undefined(kind, { name, hint }),
    attr: (value: any, name: string) => getAttr(value, name, kind),
    item: (value: any, key: any) => getItem(value, key, kind),
  };
}

const FIXED = {
  S: str,
  T: truth,
  P: isPending,
  settle,
  step,
  call,
  none: NO_KWARGS,
  kwargs: collectKwargs,
  spread,
  trace,
  error: raise,
  ...operators,
  sign,
  eq: equals,
  ordered,
  within: (item: any, container: any) => contains(container, item),
  tuple,
  dict: makeDict,
  float: (value: number) => new PyFloat(value),
  markup: (text: string) => new Markup(text),
  set: (items: any[]) => new PySet(items),
  unknownName: (name: string) => {
    throw new JinjaError('NameError', `name '${name}' is not defined`);
  },
  slice,
  sliceBy: (start: any, stop: any, step: any) => new Slice(start, stop, step),
  iterate,
  unpack,
  noElse: (hint: string) => new Undefined('default', { hint }),
  self: (context: Run) => new TemplateReference(context),
  macro: (context: Run, render: any, name: string | null, names: string[], defaults: number, ...flags: boolean[]) => {
    const [catchKwargs = false, catchVarargs = false, caller = false] = flags;
    return new Macro(context, render, { name, arguments: names, defaults, catchKwargs, catchVarargs, caller });
  },
  loop: (context: Run, items: any, test: any, recurse?: any, depth = 0) =>
    new LoopContext(context, items, test, recurse, depth),
  concat: (context: Run, parts: any[]) => {
    const text = concatParts(parts);
    return context.autoescape ? new Markup(text) : text;
  },
  safeIf: (context: Run, value: any) => (context.autoescape ? new Markup(str(value)) : value),
  escapeIf: (context: Run, value: any) => (context.autoescape ? escapeValue(value).value : str(value)),
  markupJoin: (context: Run, values: any[]) => {
    if (!context.autoescape && !values.some((value) => value instanceof Markup)) return values.map(str).join('');
    if (!context.autoescape) return values.map(str).join('');
    const safe = values.some((value) => value instanceof Markup);
    return safe ? new Markup(values.map((value) => escapeValue(value).value).join('')) : values.map(str).join('');
  },
  checkNamespace: (value: any) => {
    if (value instanceof Namespace) return;
    throw new JinjaError('TemplateRuntimeError', 'cannot assign attribute on non-namespace object');
  },
  setNamespace: (namespace: any, name: string, value: any) => namespace.pySet(name, value),
};

function makeDict(pairs: readonly any[]): Dict {
  const dict = new Dict();
  for (let i = 0; i < pairs.length; i += 2) dict.set(pairs[i], pairs[i + 1]);
  return dict;
}
