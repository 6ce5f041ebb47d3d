import { describe, expect, it } from 'vitest';
import {
  callValue,
  hostFunction,
  JinjaEnvironment,
  type Macro,
  runAsync,
  runSync,
  scopeOf,
} from '../../src/jinja/index.ts';

describe('compiled code between runs', () => {
  it('is taken from the store, under a key that names source and options', () => {
    const kept = new Map<string, string>();
    const reads: string[] = [];
    const store = {
      get: (key: string) => {
        reads.push(key);
        return kept.get(key);
      },
      set: (key: string, code: string) => void kept.set(key, code),
    };
    const source = '{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m(1) }}';
    const render = (options: object) => runSync(new JinjaEnvironment({ store, ...options }).compile(source).render());
    expect(render({})).toBe('<1>');
    const [key] = kept.keys();
    kept.set(key!, kept.get(key!)!.replaceAll('"<"', '"["'));
    expect(render({})).toBe('[1>');
    expect(render({ trimBlocks: true })).toBe('<1>');
    expect(new Set(reads).size).toBe(2);
  });
});

describe('a module', () => {
  const env = new JinjaEnvironment({ macroName: (name) => `dbt_macro__${name}` });

  it('gives the macros under their stored names, callable with values', () => {
    const module = runSync(
      env.compile('{% macro m(a, b=2) %}{{ a }}{{ b }}{{ x }}{{ caller() }}{% endmacro %}').module(scopeOf({ x: 'X' })),
    );
    const macro = module.exports.get('dbt_macro__m') as Macro;
    expect([...module.exports.keys()]).toEqual(['dbt_macro__m']);
    expect(macro).toMatchObject({
      arguments: ['a', 'b'],
      defaults: 1,
      caller: true,
      catch_kwargs: false,
      catch_varargs: false,
    });
    const caller = hostFunction('caller', () => 'C');
    expect(runSync(callValue(macro, [1], new Map([['caller', caller]])))).toBe('12XC');
  });

  it('sees the names of its scope when it is run, so that one template serves many scopes', () => {
    const template = env.compile('{% macro m() %}{{ x }}{% endmacro %}');
    const call = (x: number) => {
      const module = runSync(template.module(scopeOf({ x })));
      return runSync(callValue(module.exports.get('dbt_macro__m'), []));
    };
    expect([call(1), call(2)]).toEqual(['1', '2']);
  });

  it('gives the same template for the same text', () => {
    expect(env.compile('a{{ 1 }}')).toBe(env.compile('a{{ 1 }}'));
  });
});

describe('filters of the host', () => {
  const env = new JinjaEnvironment({
    filters: { later: ([value, n]) => Promise.resolve(`${value}${n ?? ''}`), twice: ([value]) => value + value },
    tests: { long: ([value]) => value.length > 2 },
  });

  it('take the value and the arguments, and may wait', async () => {
    expect(await runAsync(env.compile("{{ 'a' | later(1) | twice }}").render())).toBe('a1a1');
    expect(runSync(env.compile("{{ ['a', 'abc'] | select('long') | map('twice') | list }}").render())).toBe(
      "['abcabc']",
    );
  });

  it('may not wait inside a filter that applies them', () => {
    expect(() => runSync(env.compile("{{ ['a'] | map('later') | list }}").render())).toThrow(
      "'later' cannot be used here",
    );
  });
});
