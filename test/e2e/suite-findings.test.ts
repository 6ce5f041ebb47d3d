import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SmallProject, smallProject } from './small-project.ts';

/** What the functional tests of dbt-clickhouse found, each by its smallest case. */
let project: SmallProject;

const MOMENTS = [1, 2, 3].map((day) => `select ${day} as id, toDateTime('2020-01-0${day} 12:00:00') as at`);

beforeAll(async () => {
  project = await smallProject({
    'dbt_project.yml': `name: small
version: "1.0"
profile: small
query-comment: "{{ return('by ' ~ (node.name if node else connection_name)) }}"
vars:
  trips_s3: {bucket: some-bucket, fmt: CSV, role_arn: 'arn:x'}
`,
    'models/input.sql': `{{ config(materialized='table', event_time='at') }} ${MOMENTS.join(' union all ')}`,
    'models/daily.sql': `{{ config(materialized='incremental', incremental_strategy='microbatch', unique_key='id', event_time='at',
      batch_size='day', begin=modules.datetime.datetime(2020, 1, 1)) }} select * from {{ ref('input') }}`,
    'models/reader.sql': "{{ config(materialized='table') }} select * from {{ ref('input') }}",
    'models/inner.sql': "{{ config(materialized='ephemeral') }} select id + 10 as more from {{ ref('input') }}",
    'models/rebuilds.sql': `{{ config(materialized='table') }}
      {% if execute %}{% do adapter.drop_schema(this) %}{% do adapter.create_schema(this) %}{% endif %} select 1 as x`,
    'models/trips.sql': "select * from {{ clickhouse_s3source('trips_s3', path='/a.csv', external_id='me') }}",
    'models/keyed.sql': "{{ config(materialized='table', schema='keyed') }} select 1 as id",
    'models/systems.sql': "select name from {{ source('system_source', 'tables') }}",
    'models/all.yml': `
sources:
  - {name: system_source, database: system, tables: [{name: tables}]}
models:
  - name: keyed
    config: {contract: {enforced: true}}
    constraints: [{type: foreign_key, columns: [id], expression: other (id)}]
    columns: [{name: id, data_type: UInt8}]
  - {name: rebuilds, config: {schema: gone}}
unit_tests:
  - {name: wrong_column, model: reader, given: [{input: ref('input'), rows: [{id: 1}]}], expect: {rows: [{nope: 1}]}}
`,
    'seeds/numbers.csv': 'n,price\n1,1.5\n2,2.5\n',
  });
  expect((await project.run(['run', '--select', 'input'], { TSDBT_NOW: '2020-01-02 13:00:00' })).code).toBe(0);
}, 120_000);
afterAll(() => project?.remove());

const count = async (table: string) => (await project.rows(`select count() from main.${table}`))[0]?.[0];
const run = (args: readonly string[], now = '2020-01-02 13:00:00') => project.run(args, { TSDBT_NOW: now });

test('a microbatch model is built day by day from begin, then for the days since', async () => {
  expect((await run(['run', '--select', 'daily'])).stdout).toContain('OK created sql microbatch model');
  expect(await count('daily')).toBe(2);
  const [built] = project.artifact('run_results.json').results;
  expect(built.batch_results.successful[0]).toEqual(['2020-01-01T00:00:00+00:00', '2020-01-02T00:00:00+00:00']);
  await run(['run', '--select', 'daily'], '2020-01-03 13:00:00');
  expect(await count('daily')).toBe(3);
  expect(project.artifact('run_results.json').results[0].batch_results.successful).toHaveLength(2);
}, 120_000);

test('--sample and --empty narrow what is read', async () => {
  await run(['run', '--select', 'reader', '--sample', '1 day'], '2020-01-03 02:00:00');
  expect(await count('reader')).toBe(1);
  await run(['run', '--select', 'reader', '--sample', '{start: 2020-01-02, end: 2020-01-04}']);
  expect(await count('reader')).toBe(2);
  await run(['run', '--select', 'reader', '--empty']);
  expect(await count('reader')).toBe(0);
  const { code, stdout } = await run(['run', '--select', 'reader', '--sample', '1 dog']);
  expect([code, stdout.includes('Invalid grain size')]).toEqual([2, true]);
}, 120_000);

test('seed --empty keeps the types of the columns', async () => {
  await run(['seed', '--empty']);
  expect(await project.rows('select toTypeName(price), count() from main.numbers group by 1')).toEqual([]);
  expect(
    await project.rows(
      "select type from system.columns where database = 'main' and table = 'numbers' order by position",
    ),
  ).toEqual([['Int32'], ['Float32']]);
}, 120_000);

describe('show', () => {
  const inline = (sql: string, ...more: string[]) => run(['show', '--inline', sql, ...more]);

  test('a statement that reads ephemeral models, as many rows as asked for', async () => {
    await run(['run', '--select', 'input']);
    const { stdout } = await inline("select more from {{ ref('inner') }} order by more", '--limit', '2');
    expect(stdout).toMatch(/Previewing inline node:\n\| more \|\n\| ---- \|\n\| {3}11 \|\n\| {3}12 \|\n/);
    expect(project.artifact('run_results.json').results[0].compiled_code).toContain('limit 2');
  }, 120_000);

  test('all rows as JSON', async () => {
    const { stdout } = await inline(
      "select more from {{ ref('inner') }} order by more",
      '--limit',
      '-1',
      '--output',
      'json',
    );
    const json = JSON.parse(stdout.slice(stdout.indexOf('{\n')));
    expect(json).toEqual({ show: [{ more: 11 }, { more: 12 }, { more: 13 }] });
  }, 120_000);

  test('needs something to show', async () => {
    const { code, stdout } = await run(['show']);
    expect([code, stdout.includes('Either --select or --inline')]).toEqual([2, true]);
  }, 120_000);
});

test('clone takes from another environment what is not here yet', async () => {
  await run(['run', '--select', 'input reader']);
  mkdirSync(join(project.dir, 'state'), { recursive: true });
  writeFileSync(join(project.dir, 'state/manifest.json'), JSON.stringify(project.artifact('manifest.json')));
  const clone = ['clone', '--select', 'input reader', '--target', 'other'];
  expect(await run(clone)).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('--state or --defer-state are required'),
  });
  expect((await run([...clone, '--state', 'state'])).code).toBe(0);
  expect(await project.rows('select count() from other.input')).toEqual([[3]]);
  await run([...clone, '--state', 'state']);
  expect(project.artifact('run_results.json').results.map((one: { message: string }) => one.message)).toEqual([
    'No-op',
    'No-op',
  ]);
}, 120_000);

test('a query comment is a macro: it may return, and knows its node', async () => {
  const { stdout } = await run(['--debug', 'run', '--select', 'reader']);
  expect(stdout).toContain('/* by reader */');
}, 120_000);

test('a query comment that would end itself stops the command', async () => {
  const original = "query-comment: \"{{ '*' ~ '/' }}\"";
  project.write({
    'other/dbt_project.yml': `name: small\nversion: "1.0"\nprofile: small\n${original}\n`,
    'other/models/a.sql': 'select 1',
  });
  const { code, stdout } = await run(['run', '--project-dir', 'other', '--profiles-dir', '.']);
  expect([code, stdout.includes('illegal value')]).toEqual([2, true]);
}, 120_000);

test('what a model says of S3 goes with what the variables of the project say', async () => {
  expect((await run(['compile', '--select', 'trips'])).code).toBe(0);
  expect(project.artifact('run_results.json').results[0].compiled_code).toContain(
    "s3('https://some-bucket/a.csv', 'CSV', extra_credentials(role_arn='arn:x', external_id='me'))",
  );
}, 120_000);

test("a source's database stands for a schema that nobody gave", async () => {
  expect((await run(['run', '--select', 'systems'])).code).toBe(0);
  expect(project.artifact('manifest.json').sources['source.small.system_source.tables'].relation_name).toBe(
    '`system`.`tables`',
  );
}, 120_000);

test('a model may drop and make its own schema', async () => {
  expect((await run(['run', '--select', 'rebuilds'])).stdout).toContain('Completed successfully');
}, 120_000);

test('constraints that ClickHouse does not have are told', async () => {
  expect((await run(['run', '--select', 'keyed'])).stdout).toContain(
    'The constraint type foreign_key is not supported',
  );
}, 120_000);

test('a column that the expected rows of a unit test make up', async () => {
  const { code, stdout } = await run(['test', '--select', 'test_type:unit']);
  expect([code, stdout.includes("Invalid column name: 'nope' in unit test fixture for expected output.")]).toEqual([
    1,
    true,
  ]);
}, 120_000);

test('debug says which file is wrong, deps what there is to do', async () => {
  const broken = await run(['debug', '--target', 'nowhere']);
  expect([broken.code, broken.stdout.includes('profiles.yml file [ERROR invalid]')]).toEqual([1, true]);
  expect((await run(['deps'])).stdout).toContain('No packages were found in packages.yml');
  project.write({
    'packages.yml': 'packages: [{local: near}]\n',
    'near/dbt_project.yml': 'name: near\nversion: "1.0"\n',
    'near/macros/m.sql': "{% macro word() %}{{ return('near') }}{% endmacro %}",
    'models/uses.sql': "select '{{ near.word() }}' as w",
  });
  expect((await run(['deps'])).code).toBe(0);
  expect((await run(['show', '--select', 'uses'])).stdout).toContain('near');
}, 120_000);

test('an ephemeral model that does not compile is told with each model that reads it, and is no result', async () => {
  project.write({
    'models/unable.sql': "{{ config(materialized='ephemeral') }} {% if execute %}{{ adapter.nothing() }}{% endif %}",
    'models/reads_unable.sql': "select * from {{ ref('unable') }}",
    'models/reads_reader.sql': "select * from {{ ref('reads_unable') }}",
  });
  const { code, stdout } = await run(['run', '--select', 'unable+']);
  for (const name of ['reads_unable', 'reads_reader']) {
    expect(stdout).toContain(`SKIP relation main.${name} due to ephemeral model status 'error'`);
  }
  expect([code, stdout.match(/Compilation Error in model unable/g)?.length]).toEqual([1, 2]);
  expect(stdout).toContain('Done. PASS=0 WARN=0 ERROR=0 SKIP=2');
  const caused = (name: string) =>
    `Compilation Error in model.small.${name}, caused by compilation error in referenced ephemeral model model.small.unable`;
  const { results } = project.artifact('run_results.json') as { results: { message: string; status: string }[] };
  expect(results.map(({ status, message }) => [status, message])).toEqual([
    ['skipped', caused('reads_unable')],
    ['skipped', caused('reads_reader')],
  ]);
}, 120_000);
