import type { Step } from '../step.ts';
import { Markup } from '../values/markup.ts';
import { PyObject } from '../values/object.ts';
import { Undefined } from '../values/undefined.ts';
import type { RenderFunction, Run } from './facts.ts';
import { concatParts } from './output.ts';

/** A block as a value: `self.name` or `super`; calling it renders it. */
export class BlockReference extends PyObject {
  readonly #name: string;
  readonly #context: Run;
  readonly #stack: readonly RenderFunction[];
  readonly #depth: number;

  constructor(name: string, context: Run, stack: readonly RenderFunction[], depth: number) {
    super();
    this.#name = name;
    this.#context = context;
    this.#stack = stack;
    this.#depth = depth;
  }

  pyTypeName(): string {
    return 'BlockReference';
  }

  override pyQualifiedName(): string {
    return 'jinja2.runtime.BlockReference';
  }

  override pyAttr(name: string): any {
    if (name === 'name') return this.#name;
    if (name !== 'super') return undefined;
    if (this.#depth + 1 < this.#stack.length) {
      return new BlockReference(this.#name, this.#context, this.#stack, this.#depth + 1);
    }
    const hint = `there is no parent block called '${this.#name}'.`;
    return new Undefined(this.#context.env.undefinedKind, { hint, name: 'super' });
  }

  override *pyCall(): Step<any> {
    const output: any[] = [];
    yield* this.#stack[this.#depth]!(this.#context, output);
    const text = concatParts(output);
    return this.#context.autoescape ? new Markup(text) : text;
  }
}

/** `self` in a template: its blocks by name. */
export class TemplateReference extends PyObject {
  readonly #context: Run;
  constructor(context: Run) {
    super();
    this.#context = context;
  }

  pyTypeName(): string {
    return 'TemplateReference';
  }

  override pyQualifiedName(): string {
    return 'jinja2.runtime.TemplateReference';
  }

  override pyItem(name: any): any {
    const stack = this.#context.blocks.get(name);
    return stack && new BlockReference(name, this.#context, stack, 0);
  }

  override pyRepr(): string {
    return `<TemplateReference ${this.#context.name === undefined ? 'None' : `'${this.#context.name}'`}>`;
  }
}
