import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SmallProject, smallProject } from './small-project.ts';

let project: SmallProject;

const table = (sql: string) => `{{ config(materialized='table') }} ${sql}`;
const BROKEN = { 'models/shaky.sql': table('select throwIf(1) as id') };
const MENDED = { 'models/shaky.sql': table("select {{ var('id', 1) }} as id, '{{ flags.FULL_REFRESH }}' as fresh") };

beforeAll(async () => {
  project = await smallProject({
    'models/good.sql': table('select 1 as id'),
    'models/after.sql': table("select id from {{ ref('shaky') }}"),
    'models/props.yml': `models:
  - name: after
    columns: [{name: id, data_tests: [not_null, {accepted_values: {arguments: {values: [1], quote: false}}}]}]
`,
    ...BROKEN,
  });
}, 120_000);
afterAll(() => project?.remove());

const statuses = () =>
  Object.fromEntries(
    project
      .artifact('run_results.json')
      .results.map(({ unique_id, status }: Record<string, string>) => [unique_id!.split('.')[2], status]),
  );

test('without an earlier run it says so', async () => {
  const { code, stdout } = await project.run(['retry']);
  expect([code, stdout.includes("Could not find previous run in 'target' target directory")]).toEqual([2, true]);
}, 120_000);

test('what failed and what was skipped runs again, as the command before did', async () => {
  expect((await project.run(['build', '--full-refresh', '--select', 'good', '+after'])).code).toBe(1);
  expect(statuses()).toMatchObject({ good: 'success', shaky: 'error', after: 'skipped' });
  mkdirSync(join(project.dir, 'kept'));
  cpSync(join(project.dir, 'target/run_results.json'), join(project.dir, 'kept/run_results.json'));

  const still = await project.run(['retry']);
  expect([still.code, Object.keys(statuses()).includes('good')]).toEqual([1, false]);
  expect(still.stdout.match(/Running with dbt/g)).toHaveLength(1);

  project.write(MENDED);
  // A retry is retried as the command it stands for.
  expect((await project.run(['retry', '--threads', '2'])).code).toBe(0);
  const { results, args } = project.artifact('run_results.json');
  expect(results.map(({ status }: { status: string }) => status)).toEqual(['success', 'success', 'pass', 'pass']);
  expect(args).toMatchObject({ which: 'build', full_refresh: true, select: ['good', '+after'], threads: 2 });
  expect(await project.rows('select * from main.shaky')).toEqual([[1, 'True']]);
}, 120_000);

test('where all went well there is nothing to do', async () => {
  const { code, stdout } = await project.run(['retry']);
  expect([code, stdout.includes('Nothing to do.')]).toEqual([0, true]);
}, 120_000);

test('--state names the results, --vars replaces the variables, and a failing test is retried alone', async () => {
  const { code } = await project.run(['retry', '--state', 'kept', '--vars', '{id: 2}']);
  expect([code, Object.values(statuses()).sort()]).toEqual([1, ['fail', 'pass', 'success', 'success']]);
  await project.run(['retry']);
  expect(Object.values(statuses())).toEqual(['fail']);
  expect(project.artifact('run_results.json').args.vars).toEqual({ id: 2 });
}, 120_000);

test('another target, and a node that is gone, are errors', async () => {
  const other = await project.run(['retry', '--target', 'other']);
  expect([other.code, other.stdout.includes('--target of the command before cannot be changed')]).toEqual([2, true]);
  rmSync(join(project.dir, 'models/props.yml'));
  const gone = await project.run(['retry']);
  expect([gone.code, /Couldn't find 'test\.small\.accepted_values/.test(gone.stdout)]).toEqual([2, true]);
}, 120_000);

test('warnings are the errors they were for the command before', async () => {
  project.write(BROKEN);
  const raised = ['--warn-error-options', '{error: [UnusedResourceConfigPath]}'];
  expect((await project.run(['run', '-s', 'shaky', ...raised])).code).toBe(1);
  const config = readFileSync(join(project.dir, 'dbt_project.yml'), 'utf8');
  project.write({ ...MENDED, 'dbt_project.yml': `${config}models: {small: {nowhere: {+enabled: true}}}\n` });
  const { code, stdout } = await project.run(['retry']);
  expect([code, stdout.includes('nowhere')]).toEqual([2, true]);
  project.write({ 'dbt_project.yml': config });
  expect((await project.run(['retry'])).code).toBe(0);
}, 120_000);

test('docs generate that cannot compile ends as dbt’s does: what is retried is the command before it', async () => {
  project.write({ 'models/shaky.sql': '{{ nope() }}' });
  const before = project.artifact('run_results.json').args.which;
  expect((await project.run(['docs', 'generate'])).code).toBe(2);
  expect(project.artifact('run_results.json').args.which).toBe(before);
  project.write(MENDED);
}, 120_000);

test('of a microbatch model only the batches that failed are built again', async () => {
  project.write({
    'models/days.sql': `{{ config(materialized='table', event_time='day') }}
      select toDateTime('2024-01-01 00:00:00', 'UTC') + interval number day as day from numbers(3)`,
    'models/batched.sql': `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='day',
      batch_size='day', begin='2024-01-01', unique_key='day') }}
      select day, {{ var('mark', 1) }} as mark from {{ ref('days') }}
      where throwIf({{ var('mark', 1) }} = 1 and toDate(day) = '2024-01-02') = 0`,
  });
  const span = ['--event-time-start', '2024-01-01', '--event-time-end', '2024-01-04'];
  expect((await project.run(['run', '--full-refresh', '-s', 'days', 'batched', ...span])).code).toBe(1);
  expect(statuses()).toEqual({ days: 'success', batched: 'partial success' });

  const { code, stdout } = await project.run(['retry', '--vars', '{mark: 2}']);
  expect([code, stdout.includes('1 of 1 OK created batch 2024-01-02')]).toEqual([0, true]);
  expect(await project.rows('select toDayOfMonth(day), mark from main.batched order by day')).toEqual([
    [1, 1],
    [2, 2],
    [3, 1],
  ]);
  const { batch_results } = project.artifact('run_results.json').results[0];
  expect([batch_results.successful.length, batch_results.failed]).toEqual([3, []]);
}, 120_000);
