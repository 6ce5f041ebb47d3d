import { typeError } from '../errors.ts';
import type { Step } from '../step.ts';
import { step as countStep } from '../steps.ts';
import { Dict } from '../values/dict.ts';
import { Markup } from '../values/markup.ts';
import { type Kwargs, PyObject, type Value } from '../values/object.ts';
import { tuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import type { Run } from './facts.ts';

interface MacroFacts {
  readonly name: string | null;
  readonly arguments: readonly string[];
  readonly defaults: number;
  readonly catchKwargs: boolean;
  readonly catchVarargs: boolean;
  readonly caller: boolean;
}

/** A macro as a value. Calling it gives a step that renders its body. */
export class Macro extends PyObject {
  readonly name: string | null;
  readonly arguments: readonly string[];
  /** How many of the last arguments have a default. */
  readonly defaults: number;
  readonly catch_kwargs: boolean;
  readonly catch_varargs: boolean;
  readonly caller: boolean;
  readonly #render: (...args: any[]) => Step<string>;
  readonly #context: Run;

  constructor(context: Run, render: (...args: any[]) => Step<string>, facts: MacroFacts) {
    super();
    this.#context = context;
    this.#render = render;
    this.name = facts.name;
    this.arguments = facts.arguments;
    this.defaults = facts.defaults;
    this.catch_kwargs = facts.catchKwargs;
    this.catch_varargs = facts.catchVarargs;
    this.caller = facts.caller;
  }

  pyTypeName(): string {
    return 'Macro';
  }

  override pyQualifiedName(): string {
    return 'jinja2.runtime.Macro';
  }

  override pyRepr(): string {
    return `<Macro ${this.name === null ? 'anonymous' : `'${this.name}'`}>`;
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'name':
        return this.name;
      case 'arguments':
        return tuple(this.arguments);
      case 'catch_kwargs':
      case 'catch_varargs':
      case 'caller':
        return this[name];
      case 'explicit_caller':
        return this.arguments.includes('caller');
      default:
        return undefined;
    }
  }

  override pyCall(args: readonly Value[], kwargs: Kwargs): Value {
    countStep();
    const step = this.#render(...this.#arrange(args, kwargs));
    return this.#context.autoescape ? asMarkup(step) : step;
  }

  /** The arguments in the order of the body's parameters: the named ones, then caller, kwargs, varargs. */
  #arrange(args: readonly Value[], kwargs: Kwargs): Value[] {
    const names = this.arguments;
    const arranged = args.slice(0, names.length);
    if (kwargs.size === 0 && !this.catch_kwargs && !this.caller) return this.#addVarargs(arranged, args);
    const rest = new Map(kwargs);
    for (let i = arranged.length; i < names.length; i++) {
      const name = names[i] as string;
      arranged.push(rest.get(name));
      rest.delete(name);
    }
    if (this.caller && !names.includes('caller')) {
      arranged.push(rest.get('caller') ?? this.#noCaller());
      rest.delete('caller');
    }
    if (this.catch_kwargs) arranged.push(new Dict(rest));
    else if (rest.size > 0) this.#refuse(rest);
    return this.#addVarargs(arranged, args);
  }

  #addVarargs(arranged: Value[], args: readonly Value[]): Value[] {
    const count = this.arguments.length;
    while (arranged.length < count) arranged.push(undefined);
    if (this.catch_varargs) arranged.push(tuple(args.slice(count)));
    else if (args.length > count) throw typeError(`macro ${this.#quoted()} takes not more than ${count} argument(s)`);
    return arranged;
  }

  #noCaller(): Undefined {
    return new Undefined(this.#context.env.undefinedKind, { hint: 'No caller defined', name: 'caller' });
  }

  #quoted(): string {
    return this.name === null ? 'None' : `'${this.name}'`;
  }

  #refuse(rest: ReadonlyMap<string, Value>): never {
    if (rest.has('caller')) {
      throw typeError(
        `macro ${this.#quoted()} was invoked with two values for the special caller argument. This is most likely a bug.`,
      );
    }
    throw typeError(`macro ${this.#quoted()} takes no keyword argument '${[...rest.keys()][0]}'`);
  }
}

function* asMarkup(step: Step<string | Markup>): Step<Markup> {
  // A body written under `autoescape` is marked already.
  const text = yield* step;
  return text instanceof Markup ? text : new Markup(text);
}
