import { describe, expect, it } from 'vitest';
import { Dict, findCalls, JinjaEnvironment, literalCalls, usesName } from '../../src/jinja/index.ts';

const env = new JinjaEnvironment();
const calls = (source: string) => [...findCalls(env.parse(source))].map(({ name, args, line }) => [name, args, line]);

describe('calls in a template', () => {
  it('finds them by dotted name with literal arguments and line, nested ones included', () => {
    expect(calls("{{ ref('a') }}\n{% set x = dbt_utils.star(from=ref('p', 'b'), n=[1]) %}")).toEqual([
      ['ref', ['a'], 1],
      ['dbt_utils.star', [], 2],
      ['ref', ['p', 'b'], 2],
    ]);
  });

  it('finds the dispatched macro, call blocks and what stands in macros; unknown arguments are undefined', () => {
    const source = "{% macro m() %}{{ adapter.dispatch('x', 'pkg')(y) }}{% call w(z) %}{% endcall %}{% endmacro %}";
    expect(calls(source)).toEqual([
      ['adapter.dispatch', ['x', 'pkg'], 1],
      ['w', [undefined], 1],
    ]);
  });

  it('knows whether a name is read', () => {
    expect(usesName(env.parse('{% if this %}{% endif %}'), 'this')).toBe(true);
    expect(usesName(env.parse('{% set this = 1 %}'), 'this')).toBe(false);
  });
});

describe('files with plain calls only', () => {
  it('gives refs in order with repeats, sources and configs', () => {
    const found = literalCalls(
      "{# c #}{{ config(materialized='table', tags=['a', 'b'], meta={'k': True}) }}\n" +
        "select * from {{ ref('m') }} join {{ ref('p', 'm', v=2) }} join {{ ref('m') }} join {{ source('s', table_name='t') }}",
    );
    expect(found?.refs).toEqual([
      { package: null, name: 'm', version: null },
      { package: 'p', name: 'm', version: 2 },
      { package: null, name: 'm', version: null },
    ]);
    expect(found?.sources).toEqual([['s', 't']]);
    expect(found?.configs.slice(0, 2)).toEqual([
      ['materialized', 'table'],
      ['tags', ['a', 'b']],
    ]);
    expect(found?.configs[2]?.[1]).toBeInstanceOf(Dict);
  });

  it.each([
    '{% if x %}{% endif %}',
    "{{- ref('a') }}",
    "{{ ref('a') | upper }}",
    '{{ ref(x) }}',
    "{{ ref('a', 'b', 'c') }}",
    "{{ var('a') }}",
    '{{ this }}',
    '{{ config() }}',
    '{{ config(enabled=1) }}',
    "{{ config(pre_hook='x') }}",
    "{{ ref(name='a') }}",
    '{{ ref( }}',
  ])('leaves %s to the renderer', (source) => {
    expect(literalCalls(source)).toBeUndefined();
  });
});
