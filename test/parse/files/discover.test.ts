import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { discover } from '../../../src/parse/files/discover.ts';
import { packageNamed } from '../packages.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tsdbt-discover-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(...files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
}

function found(): readonly string[] {
  return discover(packageNamed('p', {}, root), {}).map((entry) => `${entry.kind}: ${entry.file}`);
}

test('files are sorted by kind and name; hidden, temporary and foreign ones are left out', () => {
  write('models/b.sql', 'models/a/z.SQL', 'models/.x.sql', 'models/#y.sql', 'models/note.txt', 'models/s.yml');
  write('seeds/c.csv', 'macros/m.sql', 'models/d.md');
  expect(found()).toEqual([
    'macro: macros/m.sql',
    'model: models/b.sql',
    'model: models/a/z.SQL',
    'seed: seeds/c.csv',
    'docs: models/d.md',
    'schema: models/s.yml',
  ]);
});

test('generic tests and fixtures are no singular tests', () => {
  write('tests/a.sql', 'tests/generic/g.sql', 'tests/fixtures/f.csv', 'tests/fixtures/q.sql');
  expect(found()).toEqual([
    'generic test: tests/generic/g.sql',
    'singular test: tests/a.sql',
    'fixture: tests/fixtures/f.csv',
    'fixture: tests/fixtures/q.sql',
  ]);
});

test('a folder of the project may be a link, as may a file; a link further down is not entered', () => {
  write('elsewhere/models/a.sql', 'elsewhere/deep/b.sql', 'elsewhere/c.sql');
  symlinkSync(join(root, 'elsewhere/models'), join(root, 'models'));
  symlinkSync(join(root, 'elsewhere/deep'), join(root, 'elsewhere/models/linked'));
  symlinkSync(join(root, 'elsewhere/c.sql'), join(root, 'elsewhere/models/c.sql'));
  symlinkSync(join(root, 'nothing'), join(root, 'elsewhere/models/dangling.sql'));
  expect(found()).toEqual(['model: models/a.sql', 'model: models/c.sql']);
});

test('.dbtignore is read as a .gitignore', () => {
  write('models/a.sql', 'models/old/b.sql', 'models/old/keep.sql', 'models/x/c_tmp.sql');
  writeFileSync(join(root, '.dbtignore'), '# old things\nmodels/old/*\n!models/old/keep.sql\n*_tmp.sql\n');
  expect(found()).toEqual(['model: models/a.sql', 'model: models/old/keep.sql']);
});
