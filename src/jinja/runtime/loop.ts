import { typeError } from '../errors.ts';
import { same } from '../ops/equality.ts';
import { iterate, lengthOf } from '../ops/iterate.ts';
import { runSync, type Step } from '../step.ts';
import { step } from '../steps.ts';
import { hostFunction, type Kwargs, PyObject, type Value } from '../values/object.ts';
import { Undefined } from '../values/undefined.ts';
import type { Run } from './facts.ts';

const NOTHING = Symbol('no item');

/** The special `loop` variable, and what drives a loop that uses it. */
export class LoopContext extends PyObject {
  readonly #context: Run;
  readonly #items: Value;
  #iterator: Iterator<Value>;
  #test: ((value: Value) => Step<boolean>) | undefined;
  readonly #recurse: ((items: Value, depth: number) => Step<string>) | undefined;
  readonly #depth0: number;
  #index0 = -1;
  #length: number | undefined;
  #after: Value = NOTHING;
  #before: Value = NOTHING;
  #changed: readonly Value[] | undefined;
  current: Value = NOTHING;

  constructor(
    context: Run,
    items: Value,
    test: ((value: Value) => Step<boolean>) | undefined,
    recurse: ((items: Value, depth: number) => Step<string>) | undefined,
    depth: number,
  ) {
    super();
    this.#context = context;
    this.#items = items;
    this.#iterator = iterate(items)[Symbol.iterator]();
    this.#test = test;
    this.#recurse = recurse;
    this.#depth0 = depth;
  }

  #take(value: Value): true {
    this.#index0++;
    this.#before = this.current;
    this.current = value;
    return true;
  }

  /** Goes to the next item where that needs no template code; false means: ask `advance`. */
  quick(): boolean {
    if (this.#after !== NOTHING) {
      const value = this.#after;
      this.#after = NOTHING;
      return this.#take(value);
    }
    if (this.#test !== undefined) return false;
    const next = this.#iterator.next();
    return next.done ? false : this.#take(next.value);
  }

  /** Goes to the next item that passes the loop's test; false at the end. */
  *advance(): Step<boolean> {
    if (this.#test === undefined) return false;
    const value = yield* this.#nextPassing();
    return value === NOTHING ? false : this.#take(value);
  }

  *#nextPassing(): Step<Value> {
    for (;;) {
      step();
      const next = this.#iterator.next();
      if (next.done) return NOTHING;
      if (this.#test === undefined || (yield* this.#test(next.value))) return next.value;
    }
  }

  #peek(): Value {
    if (this.#after === NOTHING) this.#after = runSync(this.#nextPassing());
    return this.#after;
  }

  override pyLen(): number {
    if (this.#length !== undefined) return this.#length;
    const known = this.#test === undefined ? lengthOf(this.#items) : undefined;
    if (known !== undefined) {
      this.#length = known;
      return known;
    }
    const rest: Value[] = [];
    for (let value = runSync(this.#nextPassing()); value !== NOTHING; value = runSync(this.#nextPassing()))
      rest.push(value);
    this.#iterator = rest[Symbol.iterator]();
    this.#test = undefined;
    this.#length = rest.length + this.#index0 + 1 + (this.#after === NOTHING ? 0 : 1);
    return this.#length;
  }

  pyTypeName(): string {
    return 'LoopContext';
  }

  override pyQualifiedName(): string {
    return 'jinja2.runtime.LoopContext';
  }

  override pyRepr(): string {
    return `<LoopContext ${this.#index0 + 1}/${this.pyLen()}>`;
  }

  override pyTruth(): boolean {
    return this.pyLen() > 0;
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'index':
        return this.#index0 + 1;
      case 'index0':
        return this.#index0;
      case 'first':
        return this.#index0 === 0;
      case 'last':
        return this.#peek() === NOTHING;
      case 'length':
        return this.pyLen();
      case 'revindex':
        return this.pyLen() - this.#index0;
      case 'revindex0':
        return this.pyLen() - this.#index0 - 1;
      case 'depth':
        return this.#depth0 + 1;
      case 'depth0':
        return this.#depth0;
      default:
        return this.#neighbours(name);
    }
  }

  #neighbours(name: string): Value | undefined {
    switch (name) {
      case 'previtem':
        return this.#index0 === 0 ? this.#undefined('there is no previous item') : this.#before;
      case 'nextitem':
        return this.#peek() === NOTHING ? this.#undefined('there is no next item') : this.#after;
      case 'cycle':
        return hostFunction('cycle', (args) => this.#cycle(args));
      case 'changed':
        return hostFunction('changed', (args) => this.#isChanged(args));
      default:
        return undefined;
    }
  }

  #cycle(args: readonly Value[]): Value {
    if (args.length === 0) throw typeError('no items for cycling given');
    return args[this.#index0 % args.length];
  }

  #undefined(hint: string): Undefined {
    return new Undefined(this.#context.env.undefinedKind, { hint });
  }

  #isChanged(args: readonly Value[]): boolean {
    const last = this.#changed;
    if (last !== undefined && last.length === args.length && last.every((value, i) => same(value, args[i])))
      return false;
    this.#changed = args;
    return true;
  }

  override pyCall(args: readonly Value[], _kwargs: Kwargs): Value {
    if (this.#recurse === undefined) {
      throw typeError("The loop must have the 'recursive' marker to be called recursively.");
    }
    return this.#recurse(args[0], this.#depth0 + 1);
  }
}
