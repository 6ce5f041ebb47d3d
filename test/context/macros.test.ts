import { describe, expect, it } from 'vitest';
import { createRuntimeContext, dbtErrorText, type MacroLibrary } from '../../src/context/index.ts';
import { isTsdbtError } from '../../src/error/index.ts';
import { runSync, type Value } from '../../src/jinja/index.ts';
import { runtimeRender, world } from './support.ts';

const named = (library: MacroLibrary, name: string, from: string | null = null) => library.find(name, from)?.uniqueId;
const text = (body: string, name = 'm') => `{% macro ${name}() %}${body}{% endmacro %}`;

describe('the look-up of a macro', () => {
  const { library } = world({
    macros: {
      'dbt.m': text('dbt'),
      'dbt_clickhouse.m': text('adapter'),
      'dbt.only_dbt': text('dbt', 'only_dbt'),
      'shop.root_only': text('root', 'root_only'),
      'dbt.root_only': text('dbt', 'root_only'),
      'utils.m': text('utils'),
      'utils.star': text('star', 'star'),
    },
  });

  it.each([
    ['m', 'shop', 'macro.dbt_clickhouse.m'],
    ['m', 'utils', 'macro.utils.m'],
    ['root_only', 'utils', 'macro.shop.root_only'],
    ['star', 'shop', undefined],
    ['utils.star', 'shop', 'macro.utils.star'],
    ['dbt.m', 'shop', 'macro.dbt_clickhouse.m'],
    ['dbt.only_dbt', 'shop', 'macro.dbt.only_dbt'],
    ['dbt_clickhouse.m', 'shop', undefined],
    ['shop.root_only', 'utils', 'macro.shop.root_only'],
    ['missing', 'shop', undefined],
  ])('%s from %s is %s', (name, from, expected) => {
    expect(named(library, name, from)).toBe(expected);
  });

  it('names the macros of a namespace', () => {
    expect(library.namesIn('utils')).toEqual(['m', 'star']);
    expect(library.namesIn('dbt')).toEqual(['m', 'm', 'only_dbt', 'root_only']);
    expect(library.namesIn('dbt_clickhouse')).toBeUndefined();
  });
});

describe('generate_schema_name and its like', () => {
  const macros = {
    'dbt.generate_schema_name': text('dbt', 'generate_schema_name'),
    'shop.generate_schema_name': text('shop', 'generate_schema_name'),
    'utils.generate_schema_name': text('utils', 'generate_schema_name'),
  };

  it.each([
    ['shop', 'macro.shop.generate_schema_name'],
    ['utils', 'macro.utils.generate_schema_name'],
    ['other', 'macro.shop.generate_schema_name'],
  ])('for a node of %s it is %s', (nodePackage, expected) => {
    expect(world({ macros }).library.findSpecial('generate_schema_name', nodePackage)?.uniqueId).toBe(expected);
  });
});

describe('the look-up of a materialization', () => {
  const names = (adapter: string) => `materialization_table_${adapter}`;

  it('takes the more specific adapter before the nearer package', () => {
    const { library } = world({
      macros: { [`shop.${names('default')}`]: '', [`dbt_clickhouse.${names('clickhouse')}`]: '' },
    });
    expect(library.findMaterialization('table', 'shop')?.uniqueId).toBe(`macro.dbt_clickhouse.${names('clickhouse')}`);
  });

  it('lets the root replace a built-in one, an installed package only with the flag off', () => {
    const macros = { [`dbt.${names('default')}`]: '', [`utils.${names('default')}`]: '' };
    const off = { require_explicit_package_overrides_for_builtin_materializations: false };
    expect(world({ macros }).library.findMaterialization('table', 'shop')?.packageName).toBe('dbt');
    expect(world({ macros, flags: off }).library.findMaterialization('table', 'shop')?.packageName).toBe('utils');
    const rooted = { ...macros, [`shop.${names('default')}`]: '' };
    expect(world({ macros: rooted }).library.findMaterialization('table', 'shop')?.packageName).toBe('shop');
  });

  it('takes a new one from any package', () => {
    const { library } = world({ macros: { 'utils.materialization_cube_default': '' } });
    expect(library.findMaterialization('cube', 'shop')?.packageName).toBe('utils');
    expect(library.findMaterialization('none', 'shop')).toBeUndefined();
  });
});

describe('adapter.dispatch', () => {
  const macros = {
    'dbt.default__hash': text('dbt', 'default__hash'),
    'shop.clickhouse__hash': text('shop', 'clickhouse__hash'),
    'utils.default__star': text('utils', 'default__star'),
  };

  it('tries the adapter before default, in the packages of the search order', () => {
    const { library } = world({ macros });
    expect(library.dispatch('hash', null, 'shop').uniqueId).toBe('macro.shop.clickhouse__hash');
    expect(library.dispatch('hash', 'dbt', 'utils').uniqueId).toBe('macro.shop.clickhouse__hash');
    expect(library.dispatch('star', 'utils', 'shop').uniqueId).toBe('macro.utils.default__star');
  });

  it('keeps to the order of dbt_project.yml', () => {
    const root = { dispatch: [{ macro_namespace: 'dbt', search_order: ['dbt'] }] };
    expect(world({ macros, root }).library.dispatch('hash', 'dbt', 'shop').uniqueId).toBe('macro.dbt.default__hash');
  });

  it('lists what it tried', () => {
    const { library } = world({ macros });
    const attempt = (name: string, namespace: string | null) => {
      try {
        return library.dispatch(name, namespace, 'shop').uniqueId;
      } catch (error) {
        return isTsdbtError(error) ? `${error.code} ${error.message}` : String(error);
      }
    };
    expect(attempt('nope', 'utils')).toBe(
      "TSD1103 In dispatch: No macro named 'nope' found within namespace: 'utils'\n" +
        "    Searched for: 'shop.clickhouse__nope', 'shop.default__nope', 'utils.clickhouse__nope', 'utils.default__nope'",
    );
    expect(attempt('nope', null)).toContain("namespace: 'None'\n    Searched for: 'clickhouse__nope', 'default__nope'");
    expect(attempt('dbt.hash', null)).toContain('Did you mean `adapter.dispatch("hash", macro_namespace="dbt")`?');
  });

  it('works in a template, with the scope of the node', () => {
    const both = { ...macros, 'shop.hash': "{% macro hash() %}{{ return(adapter.dispatch('hash')()) }}{% endmacro %}" };
    expect(runtimeRender(world({ macros: both }), '{{ hash() }}')).toBe('shop');
  });
});

describe('calling macros', () => {
  const macros = {
    'shop.seven': '{% macro seven() %}before {{ return(7) }} after{% endmacro %}',
    'shop.text': '{% macro text() %}  seven is {{ seven() }} {% endmacro %}',
    'shop.wrap': '{% macro wrap() %}<{{ caller() }}>{% endmacro %}',
    'shop.recurse': '{% macro recurse(n) %}{% if n > 0 %}{{ n }}{{ recurse(n - 1) }}{% endif %}{% endmacro %}',
    'shop.is_incremental': '{% macro is_incremental() %}{{ return(true) }}{% endmacro %}',
    'dbt.is_incremental': '{% macro is_incremental() %}{{ return(false) }}{% endmacro %}',
    'shop.ref': "{% macro ref(name) %}{{ return('mine:' ~ builtins.ref(name)) }}{% endmacro %}",
    'utils.inner': '{% macro inner() %}{{ seven() }}{% endmacro %}',
    'shop.sets': '{% macro sets() %}{% set here = 1 %}{{ here }}{{ outside is defined }}{% endmacro %}',
  };

  it.each([
    ['keeps what return() gave', '{{ seven() + 1 }}', '8'],
    ['gives the text otherwise', '[{{ text() }}]', '[  seven is 7 ]'],
    ['runs the body of a call block', '{% call wrap() %}x{{ seven() }}{% endcall %}', '<x7>'],
    ['finds itself', '{{ recurse(3) }}', '321'],
    ['prefers the root to the built-in', '{{ is_incremental() }}', 'True'],
    ['reaches a package by its namespace, and the root from there', '{{ utils.inner() }}', '7'],
    ['lets the project replace ref and reach the old one', "{{ ref('a') }}", 'mine:a'],
    ['reads macros out of the context', "{{ context['seven']() }} {{ context.get('none_such', 'x') }}", '7 x'],
    ['hides the variables of a template from its macros', '{% set outside = 1 %}{{ sets() }}', '1False'],
  ])('%s', (_, template, expected) => {
    expect(runtimeRender(world({ macros }), template)).toBe(expected);
  });

  it('returns from the macro that called the caller', () => {
    const outer = {
      'shop.run_it': '{% macro run_it() %}{{ caller() }}not reached{% endmacro %}',
      'shop.outer': '{% macro outer() %}{% call run_it() %}{{ return([1, 2]) }}{% endcall %}{% endmacro %}',
    };
    expect(() => runtimeRender(world({ macros: outer }), '{{ outer() }}')).toThrow(/expected str instance, list found/);
    const text2 = {
      ...outer,
      'shop.outer': "{% macro outer() %}{% call run_it() %}{{ return('r') }}{% endcall %}!{% endmacro %}",
    };
    expect(runtimeRender(world({ macros: text2 }), '{{ outer() }}')).toBe('r!');
  });

  it('tells through which macros an error came, with its line', () => {
    const failing = {
      'shop.deep': "{% macro deep() %}\n{{ exceptions.raise_compiler_error('no such thing') }}{% endmacro %}",
      'shop.shallow': '{% macro shallow() %}{{ deep() }}{% endmacro %}',
    };
    const owner = { resource_type: 'model', name: 'm', original_file_path: 'models/m.sql' };
    try {
      runtimeRender(world({ macros: failing }), '{{ shallow() }}');
      expect.unreachable();
    } catch (error) {
      expect(dbtErrorText(error, owner)).toBe(
        'Compilation Error in model m (models/m.sql)\n  no such thing\n  \n  > in macro deep (macros/deep.sql)\n' +
          '  > called by macro shallow (macros/shallow.sql)\n  > called by model m (models/m.sql)',
      );
      expect((error as { templateFrames: unknown }).templateFrames).toMatchObject([
        { line: 2, macro: 'dbt_macro__deep', file: 'macros/deep.sql' },
        { line: 1, macro: 'dbt_macro__shallow', file: 'macros/shallow.sql' },
        { line: 1 },
      ]);
    }
  });

  it('lists the running macros, outermost first', () => {
    const stacked = {
      'shop.a': '{% macro a() %}{{ b() }}{% endmacro %}',
      'shop.b': '{% macro b() %}{{ context_macro_stack.depth }} {{ context_macro_stack.call_stack }}{% endmacro %}',
    };
    expect(runtimeRender(world({ macros: stacked }), '{{ a() }}')).toBe("2 ['macro.shop.a', 'macro.shop.b']");
  });

  it('calls one found by name, with arguments', () => {
    const { library, environment } = world({
      macros: { 'shop.add': '{% macro add(a, b=1) %}{{ return(a + b) }}{% endmacro %}' },
    });
    const found = library.find('add', null);
    const { scope } = createRuntimeContext({
      environment,
      library,
      manifest: {} as never,
      adapter: environment.dialect.parseAdapter,
      node: undefined,
      packageName: 'shop',
      resolve: { ref: () => null, source: () => null },
    });
    const call = (args: Value[], kwargs: [string, Value][]) =>
      found && runSync(found.call(scope, args, new Map(kwargs)));
    expect(call([2], [])).toBe(3);
    expect(call([2], [['b', 40]])).toBe(42);
  });
});

describe('the dependencies a text shows without running', () => {
  const macros = {
    'shop.a': '{% macro a() %}{% endmacro %}',
    'dbt.default__hash': '{% macro default__hash() %}{% endmacro %}',
    'dbt.hash': "{% macro hash(x) %}{{ return(adapter.dispatch('hash', 'dbt')(x)) }}{% endmacro %}",
    'dbt.statement': '{% macro statement() %}{% endmacro %}',
    'utils.star': '{% macro star() %}{% endmacro %}',
    'shop.log': '{% macro log() %}{% endmacro %}',
  };
  const { library } = world({ macros });

  it.each([
    ['{% macro x() %}{{ a() }}{{ utils.star(a()) }}{% endmacro %}', ['macro.shop.a', 'macro.utils.star']],
    [macros['dbt.hash'], ['macro.dbt.default__hash']],
    [
      "{% macro x() %}{% call statement('q') %}{{ hash(1) }}{% endcall %}{% endmacro %}",
      ['macro.dbt.statement', 'macro.dbt.hash'],
    ],
    ["{% macro a() %}{{ a() }}{{ ref('x') }}{{ log('y') }}{{ none_such() }}{% endmacro %}", []],
    [
      "{% macro x() %}{{ dbt.hash(1) }}{{ exceptions.warn('x') }}{{ adapter.execute('a') }}{% endmacro %}",
      ['macro.dbt.hash'],
    ],
  ])('%s', (sql, expected) => {
    expect(library.dependenciesOf(sql, 'shop')).toEqual(expected);
  });
});
