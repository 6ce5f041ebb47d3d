import { PyObject, type Scope, type Step, type Value } from '../../jinja/index.ts';
import type { FoundMacro } from '../types.ts';

/** A macro as a template sees it: callable, with the whole scope of its node behind it. */
export class BoundMacro extends PyObject {
  readonly macro: FoundMacro;
  readonly #scope: Scope;

  constructor(macro: FoundMacro, scope: Scope) {
    super();
    this.macro = macro;
    this.#scope = scope;
  }

  pyTypeName(): string {
    return 'MacroGenerator';
  }

  override pyCall(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Step<Value> {
    return this.macro.call(this.#scope, args, kwargs);
  }

  override pyRepr(): string {
    return `<macro ${this.macro.uniqueId}>`;
  }
}
