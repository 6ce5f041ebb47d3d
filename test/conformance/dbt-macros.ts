import {
  type Block,
  type BlockTag,
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

/** The tags dbt adds to Jinja, as far as the cases need them. */
export const dbtBlocks: readonly BlockTag[] = [
  {
    tag: 'materialization',
    parse: (p) => {
      const { value: name } = p.expect('name');
      let adapter = 'default';
      while (p.skipIf('comma')) {
        const { value: word } = p.expect('name');
        if (word === 'default') continue;
        p.expect('assign');
        const given = (p.parseExpression() as { value?: string }).value;
        if (word === 'adapter') adapter = given ?? adapter;
      }
      const languages = p.parameter('supported_languages', p.constantList(['sql']));
      return { name: `dbt_macro__materialization_${name}_${adapter}`, ...languages };
    },
  },
  { tag: 'docs', parse: (p) => ({ name: `dbt_docs__${p.expect('name').value}`, args: [], defaults: [] }) },
  {
    tag: 'test',
    parse: (p) => ({ name: `dbt_macro__test_${p.expect('name').value}`, ...p.parseSignature() }),
  },
];

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
