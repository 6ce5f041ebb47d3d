import { describe, expect, it } from 'vitest';
import {
  dbtEnvironment,
  dependencyScope,
  nameScope,
  type ParseScopeInput,
  parseScope,
  yamlScope,
} from '../../src/context/index.ts';
import { runSync, type Value } from '../../src/jinja/index.ts';
import { makePackage, type World, world } from './support.ts';

const RELATION = { database: '', schema: 'analytics', identifier: 'm' };

function parsed(template: string, given: World = world(), fields: Partial<ParseScopeInput> = {}) {
  const { environment, library } = given;
  const { scope, recorded } = parseScope({
    environment,
    library,
    node: { name: 'm', resource_type: 'model', schema: 'analytics', config: {} },
    packageName: 'shop',
    relation: RELATION,
    ...fields,
  });
  const text = runSync(dbtEnvironment('parse').compile(template).render(scope));
  return { text, recorded: recorded() };
}

describe('while parsing', () => {
  it('records refs in order with repeats, and gives the own relation', () => {
    const { text, recorded } = parsed(
      "{{ ref('a') }} {{ ref('pkg', 'b', v=2) }} {{ ref('a', version='3') }}{% if false %}{{ ref('no') }}{% endif %}",
    );
    expect(text).toBe('`analytics`.`m` `analytics`.`m` `analytics`.`m`');
    expect(recorded.refs).toEqual([
      [null, 'a', null],
      ['pkg', 'b', 2],
      [null, 'a', '3'],
    ]);
  });

  it('records sources, metrics, functions and the names of variables', () => {
    const given = world({ env: { HOME_TOWN: 'x' } });
    const { recorded } = parsed(
      "{{ source('s', 't') }}{{ metric('p', 'm') }}{{ function('f') }}{{ env_var('HOME_TOWN') }}{{ env_var('N', 'd') }}{{ var('v', 1) }}{{ var('v') }}",
      given,
    );
    expect(recorded).toMatchObject({
      sources: [['s', 't']],
      metrics: [['p', 'm']],
      functions: [['f']],
      envVars: ['HOME_TOWN', 'N'],
      vars: ['v'],
    });
  });

  it('records each config call, as data', () => {
    const { text, recorded } = parsed(
      "{{ config(materialized='table', tags=['a'], pre_hook='x', meta={'k': 1.0}) }}{{ config({'schema': 's'}) }}{% do config.set('alias', 'z') %}{{ config(x=this, y=modules.datetime.date(2024, 1, 2)) }}",
      world(),
      { unrenderedConfig: () => ({ materialized: "env_var('M')" }) },
    );
    expect(text).toBe('');
    expect(JSON.parse(JSON.stringify(recorded.configCalls))).toEqual([
      { materialized: 'table', tags: ['a'], 'pre-hook': 'x', meta: { k: 1 } },
      { schema: 's' },
      { alias: 'z' },
      { x: '`analytics`.`m`', y: '2024-01-02' },
    ]);
    expect(recorded.unrenderedConfigCalls).toHaveLength(4);
  });

  it('records only the macros that the text itself calls', () => {
    const given = world({
      macros: {
        'shop.outer': '{% macro outer() %}{{ inner() }}{% endmacro %}',
        'shop.inner': '{% macro inner() %}i{% endmacro %}',
      },
    });
    expect(parsed('{{ outer() }}{{ outer() }}', given).recorded.macros).toEqual(['macro.shop.outer']);
  });

  it.each([
    ['{{ execute }}', 'False'],
    ["{{ config.get('x', default=5) }}|{{ config.require('y') }}|{{ config.persist_column_docs() }}", '||False'],
    ["{{ nothing('x').at.all['b']() }}|{{ adapter.none_such('x') }}", '|'],
    ["{{ var('missing') }} {{ var('missing', 'd') }}", 'None d'],
    ['{{ graph }} {{ model.name }} {{ this.schema }} {{ schema }}', '{} m analytics analytics'],
    ["{{ adapter.execute('select 1') }}|{{ load_result('x') }}", '|None'],
    [
      '{{ target.name }} {{ target.schema }} {{ target.host }} {{ target.password is defined }} {{ env.threads }}',
      'dev analytics localhost False 4',
    ],
  ])('%s gives %s', (template, expected) => {
    expect(parsed(template).text).toBe(expected);
  });

  it.each([
    ['{{ ref() }}', 'ref() takes at most two arguments (0 given)'],
    ['{{ ref(1) }}', "The name argument to ref() must be a string, got <class 'int'>"],
    ["{{ ref(2, 'a') }}", "The package argument to ref() must be a string or None, got <class 'int'>"],
    [
      "{{ ref('a', v=[1]) }}",
      "The version argument to ref() must be a string, int, float, or None - got <class 'list'>",
    ],
    ["{{ source('a') }}", 'source() takes exactly two arguments (1 given)'],
    [
      "{{ source('a', none) }}",
      "The table name (second) argument to source() must be a string, got <class 'NoneType'>",
    ],
    ['{{ config() }}', 'Invalid inline model config'],
    [
      "{{ config(pre_hook='a', **{'pre-hook': 'b'}) }}",
      'Invalid config, has conflicting keys "pre_hook" and "pre-hook"',
    ],
    ["{{ env_var('NOPE') }}", "Env var required but not provided: 'NOPE'"],
    [
      "{{ env_var('DBT_ENV_SECRET_X', 'd') }}",
      "Secret env vars are allowed only in profiles.yml or packages.yml. Found 'DBT_ENV_SECRET_X' referenced elsewhere.",
    ],
  ])('%s is refused: %s', (template, message) => {
    expect(() => parsed(template, world({ env: { DBT_ENV_SECRET_X: 'hidden' } }))).toThrow(message);
  });

  it('keeps operations without a relation', () => {
    expect(parsed('{{ this }}', world(), { relation: null }).text).toBe('None');
  });
});

describe('names of relations', () => {
  it('are made in the scope of the macro', () => {
    const given = world({
      macros: {
        'shop.generate_schema_name':
          "{% macro generate_schema_name(custom, node) %}{{ target.schema }}_{{ (custom or node.name)|trim }}{{ var('suffix') }}{{ execute }}{{ config.get('x') }}{% endmacro %}",
      },
      cliVars: { suffix: '_s' },
    });
    const macro = given.library.findSpecial('generate_schema_name', 'shop');
    const call = (custom: Value, node: Value) =>
      macro && runSync(macro.call(nameScope(given.environment, given.library, macro), [custom, node]));
    expect(call('raw ', null)).toBe('analytics_raw_sFalseNone');
  });
});

describe('property YAML', () => {
  const packages = [makePackage('utils', { vars: { deep: '{{ target.name }}', own: 1 } })];
  const given = world({ packages, root: { vars: { utils: { own: 2 } } } });
  const rendered = (template: string, doc?: (pkg: string | null, name: string) => string | undefined) => {
    const { scope } = yamlScope({
      environment: given.environment,
      packageName: 'utils',
      describes: 'model.shop.m',
      ...(doc ? { doc } : {}),
    });
    return runSync(dbtEnvironment('native').compile(template).renderNative(scope));
  };

  it('has var without rendering it again, and env_var', () => {
    expect(rendered("{{ var('deep') }}")).toBe('{{ target.name }}');
    expect(rendered("{{ var('own') }}")).toBe(2);
    expect(() => rendered("{{ var('none') }}")).toThrow(
      "Required var 'none' not found in config:\nVars supplied to <Configuration> = {",
    );
  });

  it('has doc where descriptions are rendered', () => {
    const doc = (packageName: string | null, name: string) => (name === 'known' ? `${packageName}:text` : undefined);
    expect(rendered("{{ doc('known') }}{{ doc('p', 'known') }}", doc)).toBe('null:textp:text');
    expect(() => rendered("{{ doc('p', 'x') }}", doc)).toThrow(
      "Documentation for 'model.shop.m' depends on doc 'x' in package 'p'  which was not found",
    );
    expect(() => rendered('{{ doc() }}', doc)).toThrow('doc() takes at most two arguments (0 given)');
  });

  it('records what an exposure depends on', () => {
    const { scope, recorded } = dependencyScope();
    const text = "{{ ref('a') }}{{ source('s', 't') }}{{ metric('m') }}";
    expect(runSync(dbtEnvironment('parse').compile(text).render(scope))).toBe('');
    expect(recorded()).toMatchObject({ refs: [[null, 'a', null]], sources: [['s', 't']], metrics: [['m']] });
  });
});
