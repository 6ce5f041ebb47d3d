import { describe, expect, it } from 'vitest';
import {
  AdapterResponse,
  AgateTable,
  dbtEnvironment,
  dbtErrorText,
  explainTemplateError,
} from '../../src/context/index.ts';
import { hostFunction, runAsync, runSync } from '../../src/jinja/index.ts';
import { makePackage, runtimeContext, runtimeRender, world } from './support.ts';

const NODE = {
  name: 'm',
  unique_id: 'model.shop.m',
  resource_type: 'model',
  database: '',
  schema: 'marts',
  alias: 'mart_m',
  description: null,
  config: {
    materialized: 'table',
    unique_key: null,
    'pre-hook': [{ sql: 'select 1', transaction: true, index: null }],
    persist_docs: { relation: true },
    meta: { owner: 'me', nothing: null },
    alias: null,
  },
  columns: { a: { name: 'a', data_type: 'Int64', description: '', quote: null } },
  compiled: true,
  compiled_code: 'select 1',
};
const rendered = (template: string, node: Record<string, unknown> | undefined = NODE) =>
  runtimeRender(world(), template, { node, selected: new Set(['model.shop.m']) });

describe('the words of a node', () => {
  it.each([
    ['{{ execute }} {{ this }} {{ schema }} {{ database }}', 'True `marts`.`mart_m` marts '],
    [
      "{{ model.name }} {{ model['config'].materialized }} {{ model.columns.a.data_type }} {{ model.compiled_sql }}",
      'm table Int64 select 1',
    ],
    [
      '{{ model.description is defined }}{{ model.config.alias is defined }}{{ model.columns.a.quote is defined }}',
      'FalseFalseFalse',
    ],
    ['{{ model.config.meta.nothing is none }}', 'True'],
    ['{{ pre_hooks }} {{ post_hooks }}', "[{'sql': 'select 1', 'transaction': True}] []"],
    ['{{ sql }}|{{ compiled_code }}', 'select 1|select 1'],
    ["{{ ref('a') }} {{ source('s', 't') }} {{ builtins.ref('b') }} {{ builtins['source']('s', 'u') }}", 'a s.t b s.u'],
    ["{{ config(materialized='x') }}|{{ config.set('a', 1) }}|", '||'],
    [
      "{{ config.get('materialized') }} {{ config.get('none', 'd') }} {{ config.get('unique_key', 'd') }} {{ config.get('none') }}",
      'table d None None',
    ],
    [
      "{{ config.get('pre_hook')[0].sql }} {{ config.meta_get('owner') }} {{ config.meta_get('x', 1) }} {{ config.meta_require('owner') }}",
      'select 1 me 1 me',
    ],
    ['{{ config.persist_relation_docs() }} {{ config.persist_column_docs() }}', 'True False'],
    ["{{ render('{{ 1 + 1 }} {% if true %}y{% endif %}') }} {{ render('plain') }}", '2 y plain'],
    ['{{ context.ref is defined }} {{ "ref" in context }} {{ context.none_such is defined }}', 'True True False'],
    [
      '{{ selected_resources }} {{ dbt_metadata_envs }} {{ dbt_version }} {{ project_name }} {{ thread_id }}',
      "['model.shop.m'] {} 1.12.6 shop MainThread",
    ],
    [
      '{{ run_started_at }} {{ run_started_at.strftime("%Y-%m-%d") }} {{ invocation_id[:8] }}',
      '2026-11-22 19:13:50.554000+00:00 2026-11-22 b5f9a1c0',
    ],
    ["{{ run_started_at.astimezone(modules.pytz.timezone('America/New_York')) }}", '2026-11-22 14:13:50.554000-05:00'],
    ['{{ flags.FULL_REFRESH }} {{ flags.WHICH }} {{ flags.none_such is defined }}', 'False run False'],
    [
      "{{ invocation_args_dict.which }} {{ invocation_args_dict.invocation_command }} {{ 'full_refresh' in invocation_args_dict }}",
      'run dbt run False',
    ],
    ["{{ write('x') }}|{{ otel_trace_id()|length }}|{{ otel_span_id()|length }}", '|32|16'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([
    ["{{ config.require('nope') }}", "Model 'model.shop.m' does not define a required config parameter 'nope'."],
    [
      "{{ config.get('materialized', 'd', validator=validation.any('view')) }}",
      'Expected value "table" to be one of view',
    ],
    ["{{ try_or_compiler_error('said so', config.require, 'nope') }}", 'said so'],
    ['{{ load_agate_table() }}', 'can only load_agate_table for seeds (got a model)'],
    ["{{ metric('m') }}", "depends on a metric named 'm' which was not found"],
    ["{{ adapter_macro('x') }}", 'The "adapter_macro" macro has been deprecated'],
    ["{{ submit_python_job(model, 'x') }}", 'Python models are not supported'],
  ])('%s is an error', (template, message) => {
    expect(() => rendered(template)).toThrow(message);
  });

  it('has no relation for an operation', () => {
    expect(rendered('{{ this }}', { ...NODE, resource_type: 'operation' })).toBe('None');
  });

  it('lets extras win over built-in macros, not over those of the project', () => {
    const macros = {
      'dbt.results': '{% macro results() %}{% endmacro %}',
      'shop.schemas': '{% macro schemas() %}mine{% endmacro %}',
    };
    const extras = new Map<string, unknown>([
      ['results', 'given'],
      ['schemas', 'given'],
    ]);
    expect(runtimeRender(world({ macros }), '{{ results }} {{ schemas() }}', { extras })).toBe('given mine');
  });

  it('extends the scope for macros too', () => {
    const given = world({ macros: { 'shop.shout': '{% macro shout() %}{{ word }}!{% endmacro %}' } });
    const scope = runtimeContext(given).extend(new Map([['word', 'hi']]));
    expect(runSync(dbtEnvironment('runtime').compile('{{ shout() }}').render(scope))).toBe('hi!');
  });

  it('tells which macros were called, and how deep', () => {
    const macros = {
      'shop.a': '{% macro a() %}{{ b() }}{% endmacro %}',
      'shop.b': '{% macro b() %}{% endmacro %}',
      'shop.c': '{% macro c() %}{{ a() }}{% endmacro %}',
      'shop.d': '{% macro d() %}{% endmacro %}',
    };
    const { scope, calledMacros } = runtimeContext(world({ macros }));
    runSync(dbtEnvironment('runtime').compile('{{ c() }}{{ d() }}{{ a() }}').render(scope));
    expect([...calledMacros]).toEqual([
      ['macro.shop.c', 0],
      ['macro.shop.d', 0],
      ['macro.shop.a', 0],
      ['macro.shop.b', 1],
    ]);
  });

  it('shows the graph of the manifest', () => {
    const manifest = {
      nodes: { 'model.shop.m': NODE },
      sources: {},
      exposures: {},
      groups: {},
      metrics: {},
      semantic_models: {},
      saved_queries: {},
    };
    const template =
      "{% for n in graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') %}{{ n.name }} {{ n.config.materialized }}{% endfor %} {{ graph.nodes['model.shop.m'].description is none }} {{ graph|list }}";
    expect(runtimeRender(world(), template, { manifest: manifest as never })).toBe(
      "m table True ['exposures', 'groups', 'metrics', 'nodes', 'sources', 'semantic_models', 'saved_queries']",
    );
  });
});

describe('var', () => {
  const packages = [makePackage('utils', { vars: { a: 'own', b: 'own', c: 'own', utils: { d: 'scoped' } } })];
  const root = {
    vars: {
      b: 'root',
      c: 'root',
      utils: { c: 'for utils' },
      later: '{{ target.name }}-{{ 1 + 1 }}',
      list: [1, 'x'],
      day: null,
    },
  };

  it('asks the command line, the root for the package, the root, then the package', () => {
    const given = world({ packages, root, cliVars: { e: 'cli' } });
    const template = "{{ var('a') }} {{ var('b') }} {{ var('c') }} {{ var('d') }} {{ var('e') }}";
    expect(runtimeRender(given, template, { packageName: 'utils' })).toBe('own root for utils scoped cli');
    expect(
      runtimeRender(given, "{{ var('a', 'no') }} {{ var('c') }} {{ var.has_var('a') }} {{ var.has_var('b') }}"),
    ).toBe('no root False True');
  });

  it('renders strings that are templates, and keeps other types', () => {
    const given = world({ root });
    expect(runtimeRender(given, "{{ var('later') }} {{ var('list')[0] + 1 }} {{ var('day') is none }}")).toBe(
      'dev-2 2 True',
    );
  });

  it('names what was supplied when one is missing', () => {
    const given = world({ cliVars: { b: 1, a: 'x', DBT_ENV_SECRET_K: 'hidden' } });
    expect(() => runtimeRender(given, "{{ var('gone') }}", { node: NODE })).toThrow(
      'Required var \'gone\' not found in config:\nVars supplied to m = {\n    "DBT_ENV_SECRET_K": "*****",\n    "a": "x",\n    "b": 1\n}',
    );
  });
});

describe('statements', () => {
  const table = AgateTable.of({ columns: [{ name: 'n', type: 'integer' }], rows: [[1], [2]] });

  it('gives a result out once, but main as often as asked', () => {
    const context = runtimeContext(world(), { extras: new Map([['table', table]]) });
    const run = (template: string) => runSync(dbtEnvironment('runtime').compile(template).render(context.scope));
    run(
      "{{ store_result('a', response='OK', agate_table=table) }}{{ store_raw_result('main', message='fine', code='0', rows_affected=2) }}",
    );
    expect(run("{% set r = load_result('a') %}{{ r.data }} {{ r.table.columns.n.values() }} {{ r['response'] }}")).toBe(
      '[(1,), (2,)] (1, 2) OK',
    );
    expect(() => run("{{ load_result('a') }}")).toThrow(
      "The 'statement' result named 'a' has already been loaded into a variable",
    );
    const main =
      "{{ load_result('main').response }} {{ load_result('main').response.rows_affected }} {{ load_result('main').table.rows|length }}";
    expect(run(main)).toBe('fine 2 0');
    expect(run("{{ load_result('never') }}")).toBe('None');
    expect([...context.results.keys()]).toEqual(['a', 'main']);
  });

  it('shows a response field by field', () => {
    const response = new AdapterResponse('OK', new Map([['query_id', 'q']]));
    expect(Object.fromEntries(response.fields())).toEqual({ _message: 'OK', query_id: 'q' });
  });

  it('waits for the database in the middle of a macro', async () => {
    const execute = hostFunction('ask', async ([sql]) => `${sql}!`);
    const given = world({ macros: { 'shop.q': '{% macro q(x) %}{{ return(ask(x)) }}{% endmacro %}' } });
    const { scope } = runtimeContext(given, { extras: new Map([['ask', execute]]) });
    const template = dbtEnvironment('runtime').compile("{% if q('a') == 'a!' %}{{ q('b') }}{% endif %}");
    expect(await runAsync(template.render(scope))).toBe('b!');
    expect(() => runSync(template.render(scope))).toThrow('a query is not possible here');
  });
});

describe('talking', () => {
  it('logs and prints without secrets', () => {
    const given = world({ env: { DBT_ENV_SECRET_PW: 'hunter2' } });
    runtimeRender(
      given,
      "{{ log('pw hunter2') }}{{ log('seen', info=true) }}{{ print('p $$$DBT_SECRET_START$$$DBT_ENV_SECRET_PW$$$DBT_SECRET_END$$$') }}",
    );
    expect(given.events).toEqual([
      { name: 'JinjaLogDebug', data: { msg: 'pw *****' } },
      { name: 'JinjaLogInfo', data: { msg: 'seen' } },
      { name: 'PrintEvent', data: { msg: 'p *****' } },
    ]);
    const silent = world({ flags: { print: false } });
    runtimeRender(silent, "{{ print('x') }}");
    expect(silent.events).toEqual([]);
  });

  it('warns, or raises where warnings are errors', () => {
    const template = "[{{ exceptions.warn('careful') }}]";
    const given = world();
    expect(runtimeRender(given, template)).toBe('[]');
    expect(given.events).toEqual([{ name: 'JinjaLogWarning', data: { msg: 'careful' }, level: 'warn' }]);
    const raising = (flags: Record<string, unknown>) => () => runtimeRender(world({ flags: flags as never }), template);
    expect(raising({ warn_error: true })).toThrow('careful');
    expect(raising({ warn_error_options: { error: ['JinjaLogWarning'] } })).toThrow('careful');
    expect(raising({ warn_error_options: { error: 'all' } })).toThrow('careful');
    expect(raising({ warn_error_options: { error: 'all', warn: ['JinjaLogWarning'] } })()).toBe('[]');
    const silenced = world({ flags: { warn_error: true, warn_error_options: { silence: ['JinjaLogWarning'] } } });
    expect(runtimeRender(silenced, template)).toBe('[]');
    expect(silenced.events).toEqual([]);
  });

  it('tells of a key that stands under meta only', () => {
    const given = world();
    expect(runtimeRender(given, "{{ config.get('owner') }}", { node: NODE })).toBe('None');
    expect(given.events).toEqual([{ name: 'GetMetaKeyWarning', data: { meta_key: 'owner' } }]);
  });
});

describe('exceptions', () => {
  const owner = { resource_type: 'model', name: 'm', original_file_path: 'models/m.sql' };
  const textOf = (template: string) => {
    try {
      return rendered(template);
    } catch (error) {
      return dbtErrorText(error, owner);
    }
  };

  it.each([
    [
      "{{ exceptions.raise_compiler_error('bad\\nworse') }}",
      'Compilation Error in model m (models/m.sql)\n  bad\n  worse',
    ],
    ["{{ exceptions.raise_database_error('db') }}", 'Database Error in model m (models/m.sql)\n  db'],
    ["{{ exceptions.raise_fail_fast_error('ff') }}", 'FailFast Error in model m (models/m.sql)\n  ff'],
    [
      "{{ exceptions.missing_config(model, 'k') }}",
      "Compilation Error in model m (models/m.sql)\n  Model 'model.shop.m' does not define a required config parameter 'k'.",
    ],
    [
      "{{ exceptions.missing_materialization(model, 'clickhouse') }}",
      "Compilation Error in model m (models/m.sql)\n  No materialization 'table' was found for adapter clickhouse! (searched types 'default' and 'clickhouse')",
    ],
    [
      "{{ exceptions.relation_wrong_type(this, 'view') }}",
      'Compilation Error in model m (models/m.sql)\n  Trying to create view `marts`.`mart_m`, but it currently exists as a None. Either drop `marts`.`mart_m` manually, or run dbt with `--full-refresh` and dbt will drop it for you.',
    ],
    [
      "{{ exceptions.column_type_missing(['a']) }}",
      "Compilation Error in model m (models/m.sql)\n  Contracted models require data_type to be defined for each column. Please ensure that the column name and data_type are defined within the YAML configuration for the ['a'] column(s).",
    ],
    [
      '{{ nope.x }}',
      'Compilation Error in model m (models/m.sql)\n  \'nope\' is undefined. This can happen when calling a macro that does not exist. Check for typos and/or install package dependencies with "dbt deps".',
    ],
    [
      '{{ none_such(1) }}',
      'Compilation Error in model m (models/m.sql)\n  \'none_such\' is undefined. This can happen when calling a macro that does not exist. Check for typos and/or install package dependencies with "dbt deps".',
    ],
    [
      '{{ exceptions.raise_contract_error([], []) }}',
      "Compilation Error in model m (models/m.sql)\n  This model has an enforced contract, and its 'columns' specification is missing",
    ],
  ])('%s', (template, expected) => {
    expect(textOf(template)).toBe(expected);
  });

  it('draws the columns a contract and a query differ in', () => {
    const template =
      "{{ exceptions.raise_contract_error([{'name': 'id', 'data_type': 'Int64'}, {'name': 'gone', 'data_type': 'String'}], [{'name': 'id', 'data_type': 'Int32'}, {'name': 'extra', 'data_type': 'Date'}]) }}";
    expect(textOf(template)).toBe(
      [
        'Compilation Error in model m (models/m.sql)',
        '  This model has an enforced contract that failed.',
        "  Please ensure the name, data_type, and number of columns in your contract match the columns in your model's definition.",
        '  ',
        '  | column_name | definition_type | contract_type | mismatch_reason       |',
        '  | ----------- | --------------- | ------------- | --------------------- |',
        '  | extra       | Date            |               | missing in contract   |',
        '  | gone        |                 | String        | missing in definition |',
        '  | id          | Int32           | Int64         | data type mismatch    |',
        '  ',
      ].join('\n'),
    );
  });

  it('finds the place of an error in the template', () => {
    const place = (template: string) => {
      try {
        runSync(
          dbtEnvironment('runtime')
            .compile(template, { file: 'models/m.sql', firstLine: 3 })
            .render(runtimeContext(world()).scope),
        );
        return 'rendered';
      } catch (error) {
        const { code, at, hint } = explainTemplateError(error, 'models/m.sql');
        return { code, at, hint: hint !== undefined };
      }
    };
    expect(place('a\n{{ nope() }}')).toEqual({
      code: 'TSD2002',
      at: { file: 'models/m.sql', line: 4, col: 4 },
      hint: true,
    });
    expect(place("{{ exceptions.raise_compiler_error('x') }}")).toEqual({
      code: 'TSD2003',
      at: { file: 'models/m.sql', line: 3, col: 1 },
      hint: false,
    });
    expect(place('a\n\n{% if %}')).toEqual({
      code: 'TSD2001',
      at: { file: 'models/m.sql', line: 5, col: 0 },
      hint: true,
    });
  });
});

describe('the overrides of a unit test', () => {
  const macros = {
    'dbt.is_incremental': '{% macro is_incremental() %}{{ return(false) }}{% endmacro %}',
    'shop.now': '{% macro now() %}real{% endmacro %}',
    'utils.now': '{% macro now() %}theirs{% endmacro %}',
  };

  it('fix macros, variables and environment variables', () => {
    const given = world({ macros, env: { TOWN: 'real', OTHER: 'kept' }, cliVars: { v: 'real' } });
    const overrides = {
      macros: { is_incremental: true, 'utils.now': 'fixed' },
      vars: { v: 'fake' },
      env_vars: { TOWN: 'fake' },
    };
    const template =
      "{{ is_incremental() }} {{ dbt.is_incremental() }} {{ now() }} {{ utils.now() }} {{ var('v') }} {{ env_var('TOWN') }} {{ env_var('OTHER') }}";
    expect(runtimeRender(given, template, { overrides })).toBe('True True real fixed fake fake kept');
  });
});
