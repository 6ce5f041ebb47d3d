import type { Context } from './runtime/context.ts';
import { concatParts } from './runtime/output.ts';
import { PyObject, type Value } from './values/object.ts';

/** What a template defines, as a value: `import 'x' as module` and `Template.module`. */
export class Module extends PyObject {
  readonly name: string | undefined;
  /** The exported names: macros and assignments at the top, without those that start with an underscore. */
  readonly exports: ReadonlyMap<string, Value>;
  readonly #body: readonly any[];

  constructor(name: string | undefined, context: Context, body: readonly any[]) {
    super();
    this.name = name;
    this.exports = new Map([...context.exported].map((key) => [key, context.vars.get(key)]));
    this.#body = body;
  }

  pyTypeName(): string {
    return 'TemplateModule';
  }

  override pyQualifiedName(): string {
    return 'jinja2.environment.TemplateModule';
  }

  override pyAttr(name: string): Value | undefined {
    return this.exports.get(name);
  }

  override pyStr(): string {
    return concatParts(this.#body);
  }

  override pyRepr(): string {
    return `<TemplateModule ${this.name === undefined ? 'memory:0x7f0000000000' : `'${this.name}'`}>`;
  }
}
