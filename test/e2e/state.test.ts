import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SmallProject, smallProject } from './small-project.ts';

let project: SmallProject;

beforeAll(async () => {
  project = await smallProject({
    'models/base.sql': "{{ config(materialized='table') }} select 1 as id, '{{ target.name }}' as made_in",
    'models/top.sql': "{{ config(materialized='table') }} select * from {{ ref('base') }}",
    'models/lone.sql': 'select 1 as x',
  });
  expect((await project.run(['run'])).code).toBe(0);
  mkdirSync(join(project.dir, 'prod'));
  for (const name of ['manifest.json', 'run_results.json'])
    cpSync(join(project.dir, 'target', name), join(project.dir, 'prod', name));
}, 120_000);
afterAll(() => project?.remove());

const inOther = (...args: string[]) => project.run([...args, '--target', 'other', '--state', 'prod']);
const madeIn = async () => (await project.rows('select made_in from other.top'))[0]?.[0];

test('--defer reads from the other environment what is not here', async () => {
  const without = await inOther('run', '--select', 'top');
  expect([without.code, without.stdout.includes('UNKNOWN')]).toEqual([1, true]);
  expect((await inOther('run', '--select', 'top', '--defer')).code).toBe(0);
  expect(await madeIn()).toBe('dev');
}, 120_000);

test('what is here is read here, but with --favor-state', async () => {
  await inOther('run', '--select', 'base', '--defer');
  await inOther('run', '--select', 'top', '--defer');
  expect(await madeIn()).toBe('other');
  await inOther('run', '--select', 'top', '--defer', '--favor-state');
  expect(await madeIn()).toBe('dev');
  await inOther('run', '--select', 'base top', '--defer', '--favor-state');
  expect(await madeIn()).toBe('other');
}, 120_000);

test('--defer without a state says what is missing', async () => {
  const { code, stdout } = await project.run(['run', '--defer']);
  expect([code, stdout.includes('--state or --defer-state are required for deferral')]).toEqual([2, true]);
  const empty = await project.run(['run', '--defer', '--state', 'models']);
  expect([empty.code, empty.stdout.includes("Could not find manifest in --state path: 'models'")]).toEqual([2, true]);
}, 120_000);

test('state and result select by what an earlier run left', async () => {
  project.write({ 'models/lone.sql': 'select 2 as x', 'models/fresh.sql': 'select 3 as x' });
  const ls = async (select: string) => {
    const { stdout } = await project.run(['--quiet', 'ls', '--output', 'name', '--select', select, '--state', 'prod']);
    return stdout.trim().split('\n').sort();
  };
  expect(await ls('state:modified')).toEqual(['fresh', 'lone']);
  expect(await ls('state:new')).toEqual(['fresh']);
  expect(await ls('result:success')).toEqual(['base', 'lone', 'top']);
}, 120_000);
