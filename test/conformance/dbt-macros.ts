import {
  type Block,
  callValue,
  hostFunction,
  type JinjaEnvironment,
  type Scope,
  type Step,
  type Value,
} from '../../src/jinja/index.ts';

/** What `return(value)` throws: the nearest project macro catches it. */
export class ReturnSignal {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

/** A macro of a project: a template of its own that is run at each call, and then called by name. */
export function projectMacro(env: JinjaEnvironment, block: Block, scope: Scope): { name: string; value: Value } {
  const [, words = ''] = /\{%-?\s*\w+\s+([^%]*)/.exec(block.fullBlock) ?? [];
  const adapter = /adapter\s*=\s*['"](\w+)['"]/.exec(words)?.[1] ?? 'default';
  const kinds: Record<string, string> = {
    materialization: `materialization_${block.name}_${adapter}`,
    test: `test_${block.name}`,
  };
  const name = kinds[block.type] ?? block.name!;
  const template = env.compile(block.fullBlock);
  const value = hostFunction(name, function* (args, kwargs): Step<Value> {
    const module = yield* template.module(scope);
    try {
      return yield* callValue(module.exports.get(`dbt_macro__${name}`), args, kwargs);
    } catch (error) {
      if (error instanceof ReturnSignal) return error.value;
      throw error;
    }
  });
  return { name, value };
}
