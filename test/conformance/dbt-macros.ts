import { dbtEnvironment, MacroReturn } from '../../src/context/index.ts';
import {
  type Block,
  callValue,
  type Kwargs,
  PyObject,
  type Scope,
  type Step,
  type Value,
} from '../../src/jinja/index.ts';

/** A macro of a project: a template of its own that is run at each call, and then called by name. */
export function projectMacro(block: Block, scope: Scope): { name: string; value: Value } {
  const [, words = ''] = /\{%-?\s*\w+\s+([^%]*)/.exec(block.fullBlock) ?? [];
  const adapter = /adapter\s*=\s*['"](\w+)['"]/.exec(words)?.[1] ?? 'default';
  const kinds: Record<string, string> = {
    materialization: `materialization_${block.name}_${adapter}`,
    test: `test_${block.name}`,
  };
  const name = kinds[block.type] ?? block.name!;
  return { name, value: new ProjectMacro(name, block.fullBlock, scope) };
}

class ProjectMacro extends PyObject {
  readonly #name: string;
  readonly #source: string;
  readonly #scope: Scope;

  constructor(name: string, source: string, scope: Scope) {
    super();
    this.#name = name;
    this.#source = source;
    this.#scope = scope;
  }

  pyTypeName(): string {
    return 'CallableMacroGenerator';
  }

  override pyQualifiedName(): string {
    return 'dbt_common.clients.jinja.CallableMacroGenerator';
  }

  override *pyCall(args: readonly Value[], kwargs: Kwargs): Step<Value> {
    const module = yield* dbtEnvironment('runtime').compile(this.#source).module(this.#scope);
    try {
      return yield* callValue(module.exports.get(`dbt_macro__${this.#name}`), args, kwargs);
    } catch (error) {
      if (error instanceof MacroReturn) return error.value;
      throw error;
    }
  }
}
