import { describe, expect, it } from 'vitest';
import { clickhouseDialect } from '../../src/adapter/index.ts';
import { AgateTable, dbtEnvironment } from '../../src/context/index.ts';
import { isTsdbtError } from '../../src/error/index.ts';
import { hostFunction, JinjaError, runSync, scopeOf, typeName, type Value } from '../../src/jinja/index.ts';
import { runtimeContext, world } from './support.ts';

/** Whatever a template asks a value for, what it is given is a template's value, never an object of JavaScript. */

const given = world({ macros: { 'shop.mine': '{% macro mine(x) %}{{ x }}{% endmacro %}' } });
const environment = { ...given.environment, dialect: clickhouseDialect };
const { scope } = runtimeContext({ ...given, environment });
const table = AgateTable.of({
  columns: [
    { name: 'id', type: 'integer' },
    { name: 'name', type: 'text' },
  ],
  rows: [[1, 'a']],
});

const WORDS =
  'this target flags modules exceptions adapter api builtins context var env_var ref source config invocation_args_dict dbt_metadata_envs graph model log print return fromjson toyaml set zip run_started_at validation statement store_result load_result adapter_macro mine t missing namespace cycler joiner dict lipsum range'.split(
    ' ',
  );
const VALUES = [
  "'text'",
  '1',
  '1.5',
  'true',
  'none',
  '[1]',
  '(1, 2)',
  "{'a': 1}",
  "{'a': 1}.items()",
  "set(['a'])",
  'range(3)',
  "'a' | safe",
  '[1] | map("string")',
  "[{'a': 1}] | groupby('a')",
  "([{'a': 1}] | groupby('a'))[0]",
  "namespace(a='b')",
  "cycler('a', 'b')",
  "joiner(',')",
  '[].append',
  "'a'.encode()",
  "api.Relation.create(schema='s', identifier='i')",
  "api.Relation.create(schema='s', identifier='i').include",
  "api.Column('x', 'String')",
  't.rows',
  't.rows[0]',
  't.columns[0]',
  "t.columns['id'].data_type",
  "t.group_by('name')",
  "modules.re.compile('a')",
  "modules.re.search('a', 'a')",
  'modules.datetime.datetime',
  'modules.datetime.datetime(2024, 1, 1)',
  'modules.datetime.date(2024, 1, 1).isocalendar()',
  'modules.datetime.timedelta(1)',
  "modules.pytz.timezone('Europe/Berlin')",
  'modules.pytz.utc',
  'modules.itertools.count()',
  'exceptions.raise_compiler_error',
];

/** Names of JavaScript's objects, and of the fields that our own classes keep. */
const NAMES =
  'constructor __proto__ prototype toString valueOf hasOwnProperty __defineGetter__ __lookupGetter__ then call apply bind arguments caller name length size state value values keys get push parts columns data type names fn env pyAttr pyCall typeName __class__ __globals__'.split(
    ' ',
  );

const PATHS: readonly ((target: string, name: string) => string)[] = [
  (target, name) => `(${target}).${name}`,
  (target, name) => `(${target})['${name}']`,
  (target, name) => `(${target}) | attr('${name}')`,
  (target, name) => `[${target}] | map(attribute='${name}') | list`,
  (target, name) => `[${target}] | selectattr('${name}') | list`,
  (target, name) => `[${target}] | groupby('${name}')`,
  (target, name) => `[${target}] | sort(attribute='${name}')`,
  (target, name) => `[${target}, ${target}] | unique(attribute='${name}') | list`,
  (target, name) => `[${target}] | max(attribute='${name}')`,
  (target, name) => `'{0.${name}}'.format(${target})`,
  (target, name) => `'{0[${name}]}'.format(${target})`,
  (target, name) => `'{x.${name}}'.format_map({'x': ${target}})`,
  (target, name) => `'%(${name})s' % (${target})`,
  (target, name) => `(${target}).get('${name}')`,
  (target, name) => `(${target})('${name}')`,
];

/** What is no value of templates, in a value or in what it holds. */
function leaks(value: Value, depth = 3): boolean {
  if (typeof value === 'function' || typeof value === 'symbol') return true;
  if (typeof value === 'string') return /\[object |native code|=>|\bfunction\b.*\{/.test(value);
  if (value === null || typeof value !== 'object' || value instanceof Promise) return value instanceof Promise;
  if (typeName(value) === 'object') return true;
  return depth > 0 && Array.isArray(value) && value.some((item) => leaks(item, depth - 1));
}

const silent = new Set(['log', 'print']);

function askedFor(expression: string): string | undefined {
  let leaked: string | undefined;
  const show = hostFunction('show', ([value]) => {
    if (leaks(value)) leaked = `${typeof value} ${String(value).slice(0, 80)}`;
    return '';
  });
  try {
    const template = dbtEnvironment('runtime').compile(`{{ show(${expression}) }}`);
    runSync(template.render(scopeOf({ show, t: table }, scope)));
  } catch (error) {
    const isOwn =
      error instanceof JinjaError || isTsdbtError(error) || (error as { value?: unknown }).value !== undefined;
    if (!isOwn) return `crash ${String(error).slice(0, 120)}`;
  }
  return leaked;
}

describe('no path leads to an object of JavaScript', () => {
  const targets = [...WORDS.filter((word) => !silent.has(word)), ...VALUES];
  it.each(targets)('from %s', (target) => {
    const found: string[] = [];
    for (const name of NAMES) {
      for (const path of PATHS) {
        const leaked = askedFor(path(target, name));
        if (leaked !== undefined) found.push(`${path(target, name)}: ${leaked}`);
      }
    }
    expect(found).toEqual([]);
  });
});
