import { callValue, type Module, type Scope, type Step, type Template, type Value } from '../../jinja/index.ts';
import type { MacroNode } from '../../model/index.ts';
import { dbtEnvironment, dbtMacroName } from '../environment.ts';
import { compilationProblem } from '../problem.ts';
import type { FoundMacro } from '../types.ts';
import { MacroStack } from './call-stack.ts';
import { MacroReturn } from './return.ts';
import { notePassage } from './trace.ts';

const NO_KWARGS: ReadonlyMap<string, Value> = new Map();

/** A macro of the project: a template of its own, compiled at its first call and run once in each scope it is called in. */
export class ProjectMacro implements FoundMacro {
  readonly node: MacroNode;
  readonly #firstLine: number;
  #template: Template | undefined;
  /** The template only defines the macro, so that one run of it serves all calls in a scope. */
  readonly #entries = new WeakMap<Scope, Value>();

  constructor(node: MacroNode, firstLine: number) {
    this.node = node;
    this.#firstLine = firstLine;
  }

  get uniqueId(): string {
    return this.node.unique_id;
  }

  get packageName(): string {
    return this.node.package_name;
  }

  get template(): Template {
    this.#template ??= dbtEnvironment('runtime').compile(this.node.macro_sql, {
      file: this.node.original_file_path,
      firstLine: this.#firstLine,
    });
    return this.#template;
  }

  *call(scope: Scope, args: readonly Value[], kwargs: ReadonlyMap<string, Value> = NO_KWARGS): Step<Value> {
    const stack = scope.lookup('context_macro_stack');
    const running = stack instanceof MacroStack ? stack : undefined;
    running?.enter(this.uniqueId);
    try {
      const entry = this.#entries.get(scope) ?? (yield* this.#enter(scope));
      return yield* callValue(entry, args, kwargs);
    } catch (error) {
      if (error instanceof MacroReturn) return error.value;
      notePassage(error, this.node);
      throw error;
    } finally {
      running?.leave();
    }
  }

  *#enter(scope: Scope): Step<Value> {
    const module: Module = yield* this.template.module(scope);
    const entry = module.exports.get(dbtMacroName(this.node.name));
    if (entry === undefined)
      throw compilationProblem(`The text of macro '${this.node.name}' does not define it`, 'TSD2001');
    this.#entries.set(scope, entry);
    return entry;
  }
}
