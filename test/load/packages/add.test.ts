import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addPackage } from '../../../src/load/packages/add.ts';

let root: string;
let told: string[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tsdbt-add-'));
  told = [];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function add(text: string, source: 'hub' | 'git' | 'local' = 'hub', file = 'packages.yml'): string {
  addPackage(root, { text, source }, ({ name }) => void told.push(name));
  return readFileSync(join(root, file), 'utf8');
}

test('a file that is not there is made', () => {
  expect(add('dbt-labs/dbt_utils@1.3.0')).toBe('packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n');
  expect(told).toEqual(['DepsAddPackage']);
});

test('comments stay, and another entry of the same package goes, however it is written', () => {
  const others = '# ours\npackages:\n  # local\n  - local: ../shared # kept\n';
  writeFileSync(
    join(root, 'packages.yml'),
    `${others}  - git: https://github.com/dbt-labs/dbt-utils.git\n    revision: main\n    warn-unpinned: false\n`,
  );
  expect(add('dbt-labs/dbt_utils@>=1.0.0,<2.0.0')).toBe(
    `${others}  - package: dbt-labs/dbt_utils\n    version:\n      - ">=1.0.0"\n      - <2.0.0\n`,
  );
  expect(told).toEqual(['DepsFoundDuplicatePackage', 'DepsAddPackage']);
});

test('a longer name is another package', () => {
  add('org/dbt-core-utils@1.0.0');
  expect(add('org/dbt-core@1.0.0')).toContain('org/dbt-core-utils');
});

test('a repository has a revision, a folder nothing, and an address with a user is no version', () => {
  expect(add('https://example.org/x.git@main', 'git')).toContain('git: https://example.org/x.git\n    revision: main');
  expect(add('pkg', 'local')).toContain('- local: pkg\n');
  expect(add('ssh://git@example.org/y.git@main', 'git')).toContain('- git: ssh://git@example.org/y.git@main\n');
});

test('dependencies.yml is taken where the packages are named there', () => {
  writeFileSync(join(root, 'dependencies.yml'), 'packages: []\n');
  expect(add('org/a@1.0.0', 'hub', 'dependencies.yml')).toContain('org/a');
});
