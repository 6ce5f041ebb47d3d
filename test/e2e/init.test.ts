import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runTsdbt } from './checkout.ts';

let dir: string;
const fresh = (): string => join(dir, 'fresh');

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'tsdbt-init-'));
});
afterAll(async () => {
  await runTsdbt(fresh(), ['server', 'stop']);
  rmSync(dir, { recursive: true, force: true });
});

test('a new project builds at once on its private server', async () => {
  const made = await runTsdbt(dir, ['init', 'fresh']);
  expect([made.code, made.stdout.includes('cd fresh && tsdbt build')]).toEqual([0, true]);
  const built = await runTsdbt(fresh(), ['build']);
  expect([built.code, built.stdout.includes('PASS=2 WARN=0 ERROR=0')]).toEqual([0, true]);
  const shown = await runTsdbt(fresh(), ['show', '--inline', "select count() as n from {{ ref('days') }}"]);
  expect(shown.stdout).toMatch(/\|\s+7 \|/);
}, 120_000);

test('its tests can fail', async () => {
  const { code } = await runTsdbt(fresh(), ['run', '--vars', '{days: 70000}']);
  const tested = await runTsdbt(fresh(), ['test']);
  expect([code, tested.code, tested.stdout.includes('FAIL')]).toEqual([0, 1, true]);
}, 120_000);

test('what is there is never written over', async () => {
  const before = readFileSync(join(fresh(), 'dbt_project.yml'), 'utf8');
  const again = await runTsdbt(dir, ['init', 'fresh', '--profile', 'mine']);
  expect([again.code, again.stdout.includes('A project called fresh already exists here.')]).toEqual([2, true]);
  expect(readFileSync(join(fresh(), 'dbt_project.yml'), 'utf8')).toBe(before);
}, 120_000);

test('a name that no project can have writes nothing; without a name it asks nothing', async () => {
  const wrong = await runTsdbt(dir, ['init', '../7up']);
  expect([wrong.code, wrong.stdout.includes("'../7up' is not a valid project name")]).toEqual([2, true]);
  expect((await runTsdbt(dir, ['init'])).code).toBe(2);
}, 120_000);

test('a profile that exists is named and not written', async () => {
  expect((await runTsdbt(dir, ['init', 'second', '--profile', 'mine'])).code).toBe(0);
  expect(readFileSync(join(dir, 'second/dbt_project.yml'), 'utf8')).toContain('profile: mine\n');
  expect(existsSync(join(dir, 'second/profiles.yml'))).toBe(false);
}, 120_000);
