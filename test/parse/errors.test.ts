import { afterEach, expect, test } from 'vitest';
import { TestProject } from './project.ts';

let project: TestProject | undefined;
afterEach(() => project?.remove());

/** What a parse of these files complains of: place, code and first line of the message. */
async function complaints(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  project = new TestProject(files);
  const problems = await project.problems();
  return problems.map(({ at, code, message, hint }) => {
    const dir = project?.dir ?? '';
    const file = at?.file.slice(at.file.indexOf(dir.slice(1)) + dir.length);
    const place = at === undefined ? '' : `${file}:${at.line}:${at.col} `;
    return `${place}${code} ${message.split('\n')[0]}${hint === undefined ? '' : ` | ${hint}`}`;
  });
}

const CASES: Readonly<Record<string, readonly [files: Record<string, string>, expected: readonly string[]]>> = {
  'a ref to nothing': [
    { 'models/a.sql': "\n\nselect 1\nfrom {{ ref('stg_oders') }}", 'models/stg_orders.sql': 'select 1' },
    [
      "models/a.sql:4:9 TSD1103 Model 'model.p.a' (models/a.sql) depends on a node named 'stg_oders' which was not found | Did you mean 'stg_orders'?",
    ],
  ],
  'a ref to what is disabled, of another package, of a version': [
    {
      'models/a.sql': "{{ ref('off') }}",
      'models/b.sql': "{{ ref('q', 'x') }}",
      'models/c.sql': "{{ ref('a', v=3) }}",
      'models/off.sql': '{{ config(enabled=false) }}',
    },
    [
      "models/a.sql:1:4 TSD1103 Model 'model.p.a' (models/a.sql) depends on a node named 'off' which is disabled",
      "models/b.sql:1:4 TSD1103 Model 'model.p.b' (models/b.sql) depends on a node named 'x' in package or project 'q' which was not found",
      "models/c.sql:1:4 TSD1103 Model 'model.p.c' (models/c.sql) depends on a node named 'a' with version '3' which was not found",
    ],
  ],
  'a source that is not there': [
    {
      'models/a.sql': "select 1 from {{ source('raw', 'ordres') }}",
      'models/s.yml': 'sources: [{name: raw, tables: [{name: orders}]}]',
    },
    [
      "models/a.sql:1:18 TSD1103 Model 'model.p.a' (models/a.sql) depends on a source named 'raw.ordres' which was not found | Did you mean 'raw.orders'?",
    ],
  ],
  'two models of one name': [
    { 'models/x/a.sql': 'select 1', 'models/y/a.sql': 'select 2' },
    [
      'models/y/a.sql:1:1 TSD1102 dbt found two models with the name "a": model.p.a (models/x/a.sql) and model.p.a (models/y/a.sql) | change the name of one of them',
    ],
  ],
  'two nodes in one table': [
    { 'models/a.sql': "{{ config(alias='t') }}", 'models/b.sql': "\n{{ config(alias='t') }}" },
    [
      'models/b.sql:2:0 TSD1102 dbt found two resources with the database representation "`db`.`t`": model.p.a (models/a.sql) and model.p.b (models/b.sql) | give one of them another alias or schema',
    ],
  ],
  'a private model and a stranger; a group that is none': [
    {
      'models/a.sql': "{{ config(access='private', group='g') }}",
      'models/b.sql': "{{ ref('a') }}",
      'models/c.sql': "{{ config(group='gg') }}",
      'models/s.yml': 'groups: [{name: g, owner: {name: x}}]',
    },
    [
      "models/b.sql:1:4 TSD1103 Node model.p.b attempted to reference node model.p.a, which is not allowed because the referenced node is private to the 'g' group. | give both the same group, or model.p.a the access protected",
      "models/c.sql:1:0 TSD1101 Invalid group 'gg', expected one of ['g'] | model.p.c names it",
    ],
  ],
  'syntax errors in a model and a macro, with their lines': [
    { 'models/a.sql': '\n\nselect 1\n{% if %}', 'macros/m.sql': '\n{% macro m() %}\n{{ 1 + }}\n{% endmacro %}' },
    [
      "macros/m.sql:3:0 TSD2001 unexpected 'end of print statement' | Correct the template there; what the line before leaves open is often the cause.",
      "models/a.sql:4:0 TSD2001 Expected an expression, got 'end of statement block' | Correct the template there; what the line before leaves open is often the cause.",
    ],
  ],
  'an error that a template raises': [
    { 'models/a.sql': 'select 1\n{{ exceptions.raise_compiler_error("no way") }}' },
    ['models/a.sql:2:1 TSD2003 no way'],
  ],
  'broken YAML, and a section that is no list': [
    {
      'models/a.yml': 'models:\n  - name: [x',
      'models/b.yml': 'models: {name: x}',
      'models/c.yml': 'models: [{description: x}]\nseeds: [1]',
    },
    [
      'models/a.yml:2:13 TSD1002 Flow sequence in block collection must be sufficiently indented and end with a ] | Correct the YAML there or just above: most often indentation, a missing quote or a colon within a text.',
      "models/b.yml:1:1 TSD1101 The schema file at models/b.yml is invalid because the value of 'models' is not a list",
      "models/c.yml:1:10 TSD1101 The schema file at models/c.yml is invalid because a list element for 'models' does not have a name attribute.",
      "models/c.yml:2:9 TSD1101 The schema file at models/c.yml is invalid because a list element for 'seeds' is not a dictionary",
    ],
  ],
  'configuration of a wrong type': [
    {
      'models/a.sql': "{{ config(enabled='yes') }}",
      'models/b.sql': "{{ config(access='secret') }}",
      'models/c.sql': "{{ config(on_configuration_change='x') }}",
    },
    [
      "models/a.sql:1:0 TSD1101 model.p.a: 'enabled' must be true or false, but is 'yes'",
      'models/b.sql:1:0 TSD1101 Node model.p.b has an invalid value (secret) for the access field | use private, protected or public',
      "models/c.sql:1:0 TSD1101 model.p.c: 'on_configuration_change' must be apply, continue or fail, but is 'x'",
    ],
  ],
  'a time spine without its columns': [
    {
      'models/a.sql': 'select 1',
      'models/b.sql': 'select 1',
      'models/c.sql': 'select 1',
      'models/s.yml': `models:
  - {name: a, time_spine: {standard_granularity_column: d}}
  - {name: b, time_spine: {standard_granularity_column: d}, columns: [{name: d}]}
  - name: c
    time_spine: {standard_granularity_column: d, custom_granularities: [{name: fiscal}, {name: x, column_name: d}]}
    columns: [{name: d, granularity: day}]
`,
    },
    [
      "models/s.yml:2:5 TSD1101 Time spine standard granularity column must be defined on the model. Got invalid column name 'd' for model 'a'. Valid names: [].",
      "models/s.yml:3:5 TSD1101 Time spine standard granularity column must have a granularity defined. Please add one for column 'd' in model 'b'.",
      "models/s.yml:4:5 TSD1101 Time spine custom granularity columns do not exist in the model. Columns not found: ['fiscal']; Available columns: ['d']",
    ],
  ],
  'a function whose arguments are in the wrong order': [
    {
      'functions/f.sql': 'x',
      'functions/s.yml':
        'functions:\n  - name: f\n    arguments: [{name: a, data_type: T, default_value: 1}, {name: b, data_type: T}]\n    returns: {data_type: T}\n',
    },
    [
      "functions/s.yml:2:5 TSD1101 Non-defaulted argument 'b' of function 'f' comes after a defaulted argument. Non-defaulted arguments cannot come after defaulted arguments.",
    ],
  ],
  'a package that restricts access': [
    {
      'packages.yml': 'packages: [{local: q}]',
      'dbt_packages/q/dbt_project.yml': 'name: q\nrestrict-access: true\n',
      'dbt_packages/q/models/open.sql': "{{ config(access='public') }} select * from {{ ref('inner') }}",
      'dbt_packages/q/models/inner.sql': 'select 1',
      'models/a.sql': "select * from {{ ref('open') }}\nunion all select * from {{ ref('inner') }}",
    },
    [
      "models/a.sql:2:28 TSD1103 Node model.p.a attempted to reference node model.q.inner, which is not allowed because the referenced node is protected to the 'q' package. | q restricts access: give model.q.inner the access public",
    ],
  ],
  'properties that dbt has no place for': [
    {
      'models/a.sql': 'select 1',
      'models/s.yml': 'models:\n  - name: a\n    description: 5\nsources:\n  - name: s\n    tabels: []\n',
    },
    [
      "models/s.yml:3:18 TSD1101 Invalid models config given in models/s.yml @ models: a - at path ['description']: 5 is not of type 'string'",
      "models/s.yml:6:5 TSD1101 Invalid sources config given in models/s.yml @ sources: s - at path ['tabels']: Additional properties are not allowed ('tabels' was unexpected) | Did you mean 'tables'?",
    ],
  ],
  'a test that says too much': [
    {
      'models/a.sql': 'select 1',
      'models/s.yml':
        'models:\n  - name: a\n    data_tests:\n      - unique: {model: x}\n      - not_null: {severity: warn, config: {severity: warn}}\n      - {a: {}, b: {}}\n',
    },
    [
      'models/s.yml:4:9 TSD1101 Test arguments include "model", which is a reserved argument',
      'models/s.yml:5:9 TSD1101 Test cannot have the same key at the top-level and in config',
      "models/s.yml:6:9 TSD1101 test definition dictionary must have exactly one key, got {'a': {}, 'b': {}} instead (2 keys)",
    ],
  ],
  'properties twice, and in two places': [
    {
      'models/a.sql': 'select 1',
      'models/b.sql': 'select 2',
      'models/s.yml': 'models:\n  - name: a\n  - name: b\n    meta: {}\n    config: {meta: {}}\n  - name: a',
    },
    [
      "models/s.yml:4:5 TSD1101 In models/s.yml: found meta dictionary in 'config' dictionary and as top-level key. | Remove the top-level key and define it under 'config' dictionary only.",
      'models/s.yml:6:5 TSD1102 dbt found two schema.yml entries for the same resource named a. Resources and their associated columns may only be described a single time. | remove one of the resource entries for a in this file',
    ],
  ],
  'a snapshot without a strategy; docs that are not there; a unit test of nothing': [
    {
      'snapshots/s.sql': "{% snapshot s %}{{ config(unique_key='a') }} select 1{% endsnapshot %}",
      'models/a.sql': 'select 1',
      'models/s.yml':
        'models:\n  - name: a\n    description: \'{{ doc("x") }}\'\nunit_tests:\n  - {name: u, model: aa, given: [], expect: {rows: []}}',
    },
    [
      "models/s.yml:2:5 TSD1103 Documentation for 'model.p.a' depends on doc 'x'  which was not found",
      "models/s.yml:5:5 TSD1103 Unable to find model 'p.aa' for unit test 'u' in models/s.yml",
      "snapshots/s.sql:1:0 TSD1101 snapshot.p.s: Snapshots must be configured with a 'strategy' and 'unique_key'.",
    ],
  ],
};

test.each(Object.keys(CASES))('%s', async (name) => {
  const [files, expected] = CASES[name] ?? [{}, []];
  expect(await complaints(files)).toEqual(expected);
});
