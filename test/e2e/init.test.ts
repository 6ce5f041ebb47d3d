import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readYaml } from '../../src/util/yaml.ts';
import { BIN, runTsdbt } from './checkout.ts';

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
  expect([built.code, built.stdout.includes('PASS=6 WARN=0 ERROR=0')]).toEqual([0, true]);
  const shown = await runTsdbt(fresh(), [
    'show',
    '--inline',
    "select count() as n from {{ ref('my_first_dbt_model') }}",
  ]);
  expect(shown.stdout).toMatch(/\|\s+7 \|/);
}, 120_000);

test('its tests can fail', async () => {
  const { code } = await runTsdbt(fresh(), ['run', '--vars', '{days: 70000}']);
  const tested = await runTsdbt(fresh(), ['test']);
  expect([code, tested.code, tested.stdout.includes('FAIL')]).toEqual([0, 1, true]);
}, 120_000);

test('what is there is never written over', async () => {
  const before = readFileSync(join(fresh(), 'dbt_project.yml'), 'utf8');
  const again = await runTsdbt(dir, ['init', 'fresh']);
  // As with dbt it is said, and no failure.
  expect([again.code, again.stdout.includes('A project called fresh already exists here.')]).toEqual([0, true]);
  expect(readFileSync(join(fresh(), 'dbt_project.yml'), 'utf8')).toBe(before);
}, 120_000);

test('a name that no project can have writes nothing; nor does the end of what was prepared for it', async () => {
  const wrong = await runTsdbt(dir, ['init', '../7up']);
  expect([wrong.code, wrong.stdout.includes("'../7up' is not a valid project name")]).toEqual([2, true]);
  const child = spawn(process.execPath, [BIN, 'init'], { cwd: dir, stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([2, null]);
}, 120_000);

test('answers may be prepared: a name, and a server of one’s own', async () => {
  const child = spawn(process.execPath, [BIN, 'init'], { cwd: dir, stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.end('no name\nasked\n2\nclick.example.org\n\nloader\n');
  expect(await once(child, 'exit')).toEqual([0, null]);
  const profile = readYaml(readFileSync(join(dir, 'asked/profiles.yml'), 'utf8'), 'profiles.yml').data;
  expect(profile).toMatchObject({ asked: { target: 'server', outputs: { server: { port: 8123 } } } });
  expect(JSON.stringify(profile)).toMatch(/click\.example\.org.*loader/);
}, 120_000);

test('a profile that exists is named and not written; one that does not is refused', async () => {
  const there = ['--profiles-dir', fresh()];
  expect((await runTsdbt(dir, ['init', 'second', '--profile', 'fresh', ...there])).code).toBe(0);
  expect(readFileSync(join(dir, 'second/dbt_project.yml'), 'utf8')).toContain('profile: fresh\n');
  expect(existsSync(join(dir, 'second/profiles.yml'))).toBe(false);
  expect((await runTsdbt(dir, ['init', 'third', '--profile', 'nobody', ...there])).code).toBe(2);
  expect(existsSync(join(dir, 'third'))).toBe(false);
}, 120_000);

test('within a project only the profile that it names is written, once', async () => {
  const again = await runTsdbt(join(dir, 'second/models'), ['init', '--profiles-dir', '..']);
  expect([again.code, existsSync(join(dir, 'second/profiles.yml'))]).toEqual([0, true]);
  const written = readFileSync(join(dir, 'second/profiles.yml'), 'utf8');
  expect(written).toMatch(/^fresh:/);
  const kept = await runTsdbt(join(dir, 'second'), ['init']);
  expect([kept.code, kept.stdout.includes('stays as it is')]).toEqual([0, true]);
  expect(readFileSync(join(dir, 'second/profiles.yml'), 'utf8')).toBe(written);
}, 120_000);
