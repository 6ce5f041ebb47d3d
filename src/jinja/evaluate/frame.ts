import type { Context } from '../runtime/context.ts';
import type { Value } from '../values/object.ts';

/** The names assigned in one scope. The outermost keeps them in the context, as compiled templates do. */
export class Frame {
  readonly #context: Context;
  readonly #parent: Frame | undefined;
  #vars: Map<string, Value> | undefined;

  constructor(context: Context, parent?: Frame) {
    this.#context = context;
    this.#parent = parent;
  }

  inner(): Frame {
    return new Frame(this.#context, this);
  }

  /** JavaScript's undefined for a name that nobody knows. */
  find(name: string): Value | undefined {
    for (let frame: Frame | undefined = this; frame !== undefined; frame = frame.#parent) {
      const value = frame.#vars?.get(name);
      if (value !== undefined) return value;
    }
    return this.#context.resolve(name);
  }

  set(name: string, value: Value): void {
    if (this.#parent === undefined) this.#context.set(name, value);
    else {
      this.#vars ??= new Map();
      this.#vars.set(name, value);
    }
  }
}
