import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { installPackages, loadProject } from '../../../src/load/index.ts';
import type { Event } from '../../../src/model/index.ts';
import type { DataMap } from '../../../src/util/data.ts';
import { tarball } from './tarball.ts';

let server: Server;
let base: string;
let folder: string;
const answers = new Map<string, string | Buffer>();

beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = answers.get(request.url ?? '');
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => server.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tsdbt-deps-'));
  write({ 'project/dbt_project.yml': 'name: p\nprofile: p\n' });
});
afterEach(() => {
  answers.clear();
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

const read = (file: string): string => readFileSync(join(folder, 'project', file), 'utf8');
const isThere = (file: string): boolean => existsSync(join(folder, 'project', file));

async function deps(packages: string, options: DataMap = {}, more: Record<string, string> = {}): Promise<Event[]> {
  write({ 'project/packages.yml': packages });
  const root = join(folder, 'project');
  const env = { DBT_PACKAGE_HUB_URL: base, TOKEN: 'secret', ...more };
  const project = await loadProject({
    cwd: root,
    env,
    which: 'deps',
    argv: ['deps'],
    options: { project_dir: root, ...options },
  });
  const events: Event[] = [];
  await installPackages({ project, env, emit: (event) => events.push(event) });
  return events;
}

/** A package of the hub, each version with what it needs. */
function onHub(name: string, versions: Readonly<Record<string, readonly DataMap[]>>, more: DataMap = {}): void {
  const project = name.split('/')[1] ?? name;
  const about = Object.entries(versions).map(([version, packages]) => {
    const path = `/${project}-${version}.tar.gz`;
    const file = { path: `${project}-${version}/dbt_project.yml`, contents: `name: ${project}\nversion: ${version}\n` };
    answers.set(path, tarball([file]));
    const downloads = { tarball: base.slice(0, -1) + path };
    return [version, { name: project, packages, downloads, ...more }];
  });
  answers.set(`/api/v1/${name}.json`, JSON.stringify({ name: project, versions: Object.fromEntries(about) }));
}

const onHubAs = (name: string): DataMap => JSON.parse(String(answers.get(`/api/v1/${name}.json`)));

test('hub: the newest version that all ranges allow, what packages need included', async () => {
  onHub('a/one', { '1.0.0': [], '1.4.0': [], '1.5.0-b1': [], '2.0.0': [] });
  onHub('a/two', { '0.1.0': [{ package: 'a/one', version: ['>=1.0.0', '<2.0.0'] }] });
  await deps('packages:\n  - package: a/two\n    version: 0.1.0\n  - package: a/one\n    version: ">=1.0.0"\n');
  expect(read('dbt_packages/one/dbt_project.yml')).toContain('version: 1.4.0');
  expect(isThere('dbt_packages/two/dbt_project.yml')).toBe(true);
  expect(read('package-lock.yml')).toContain('  - name: one\n    package: a/one\n    version: 1.4.0\n');
});

test('hub: ranges that exclude each other, and a package that is not there', async () => {
  onHub('a/one', { '1.0.0': [], '2.0.0': [] });
  onHub('a/two', { '0.1.0': [{ package: 'a/one', version: '<2.0.0' }] });
  const both = 'packages:\n  - {package: a/one, version: ">=2.0.0"}\n  - {package: a/two, version: 0.1.0}\n';
  await expect(deps(both)).rejects.toThrow(/matching compatible version for package a\/one/);
  await expect(deps('packages: [{package: a/none, version: 1.0.0}]')).rejects.toThrow(/a\/none was not found/);
});

test('hub: a version made for another dbt is passed over', async () => {
  onHub('a/one', { '1.0.0': [] }, { require_dbt_version: ['>=1.0.0', '<1.5.0'] });
  await expect(deps('packages: [{package: a/one, version: ">=0.1.0"}]')).rejects.toThrow(/matching compatible/);
  await deps('packages: [{package: a/one, version: ">=0.1.0"}]', { version_check: false });
  expect(isThere('dbt_packages/one/dbt_project.yml')).toBe(true);
});

test('hub: a package that goes by another name now is taken, and the name told', async () => {
  onHub('a/one', { '1.0.0': [] });
  answers.set('/api/v1/a/one.json', JSON.stringify({ ...onHubAs('a/one'), redirectnamespace: 'b' }));
  const events = await deps('packages: [{package: a/one, version: 1.0.0}]');
  expect(isThere('dbt_packages/one/dbt_project.yml')).toBe(true);
  expect(events).toContainEqual({
    name: 'PackageRedirectDeprecation',
    data: { old_name: 'a/one', new_name: 'b/one' },
  });
});

test('local: a link; a package of a package counts', async () => {
  write({
    'one/dbt_project.yml': 'name: one\n',
    'one/packages.yml': 'packages: [{local: ../two}]',
    'two/dbt_project.yml': 'name: two\n',
  });
  await deps('packages: [{local: ../one}]');
  expect(lstatSync(join(folder, 'project/dbt_packages/one')).isSymbolicLink()).toBe(true);
  expect(read('dbt_packages/two/dbt_project.yml')).toBe('name: two\n');
});

test('private: by the address of the provider that fits; the token stays out of the lock file', async () => {
  write({ 'org/team/repo.git/dbt_project.yml': 'name: one\n' });
  const git = (...args: string[]) =>
    execFileSync('git', [
      '-C',
      join(folder, 'org/team/repo.git'),
      '-c',
      'user.name=t',
      '-c',
      'user.email=t@t',
      ...args,
    ]);
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'one');
  const provider = { org: folder.split('/')[1], provider: 'gitlab', token: 'hidden' };
  const name = `${folder.slice(1)}/org/team/repo`;
  const DBT_ENV_PRIVATE_GIT_PROVIDER_INFO = JSON.stringify([
    { ...provider, provider: 'github', url: 'https://{token}@github.com/{repo}.git' },
    { ...provider, url: `file:///${folder.split('/')[1]}/{group}/{repo}.git` },
  ]);
  await deps(`packages: [{private: ${name}, provider: gitlab}]`, {}, { DBT_ENV_PRIVATE_GIT_PROVIDER_INFO });
  expect(isThere('dbt_packages/one/dbt_project.yml')).toBe(true);
  expect(read('package-lock.yml')).toContain(`private: ${name}\n    provider: gitlab\n`);
  expect(read('package-lock.yml')).not.toContain('hidden');
});

test('git: a revision, kept by its commit; a token in the address stays out of the lock file', async () => {
  write({ 'repo/dbt_project.yml': 'name: one\n' });
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', join(folder, 'repo'), '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
      encoding: 'utf8',
    });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'one');
  git('tag', 'v1');
  const commit = git('rev-parse', 'HEAD').trim();
  await deps(`packages: [{git: "file://${folder}/{{ 'repo' }}", revision: v1}]`);
  expect(read('dbt_packages/one/dbt_project.yml')).toBe('name: one\n');
  expect(isThere('dbt_packages/one/.git')).toBe(false);
  expect(read('package-lock.yml')).toContain(`revision: ${commit}`);
  expect(read('package-lock.yml')).toContain("{{ 'repo' }}");
});

test('tarball: what lies in its only folder', async () => {
  answers.set('/t.tar.gz', tarball([{ path: 'any/dbt_project.yml', contents: 'name: t\n' }]));
  await deps(`packages: [{tarball: "${base}t.tar.gz", name: t}]`);
  expect(read('dbt_packages/t/dbt_project.yml')).toBe('name: t\n');
});

test('the lock file stays while packages.yml does, and decides', async () => {
  onHub('a/one', { '1.0.0': [] });
  const packages = 'packages: [{package: a/one, version: ">=1.0.0"}]';
  await deps(packages);
  onHub('a/one', { '1.0.0': [], '1.1.0': [] });
  await deps(packages);
  expect(read('dbt_packages/one/dbt_project.yml')).toContain('1.0.0');
  await deps(packages, { upgrade: true });
  expect(read('dbt_packages/one/dbt_project.yml')).toContain('1.1.0');
  await deps('packages: [{package: a/one, version: "<1.1.0"}]', { lock: true });
  expect(read('package-lock.yml')).toContain('1.0.0');
  expect(read('dbt_packages/one/dbt_project.yml')).toContain('1.1.0');
});
