import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkHouse, type Tree, type Violation } from './rules.ts';

const SRC = new URL('../../src', import.meta.url).pathname;

function readTree(): Tree {
  const files = readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [relative(SRC, file), readFileSync(file, 'utf8')]));
}

describe('the house', () => {
  it('keeps its own rules', () => {
    expect(checkHouse(readTree())).toEqual([]);
  });

  const planted: readonly (readonly [Violation['rule'], string, Record<string, string>])[] = [
    ['room', 'a room that reaches past the import list', { 'select/a.ts': "import { x } from '../load/index.ts';" }],
    ['room', 'types count too', { 'graph/a.ts': "import type { X } from '../parse/index.ts';" }],
    ['room', 'dynamic imports count too', { 'report/a.ts': "await import('../execute/index.ts');" }],
    ['front door', 'a room entered by the window', { 'parse/a.ts': "import { x } from '../load/yaml.ts';" }],
    [
      'cycle',
      'two rooms that need each other, if only for types',
      {
        'util/index.ts': "import type { B } from '../error/index.ts';",
        'error/index.ts': "import '../util/index.ts';",
      },
    ],
    ['pure', 'a room that decides reads a file', { 'select/a.ts': "import { readFileSync } from 'node:fs';" }],
    ['pure', 'the sync plan opens a socket', { 'sync/plan.ts': "import net from 'node:net';" }],
    ['package owner', 'a package outside its room', { 'execute/a.ts': "import pg from 'pg';" }],
    ['package owner', 'a package nobody owns', { 'util/a.ts': "import x from 'left-pad';" }],
    ['any', 'an untyped value outside the template rooms', { 'execute/a.ts': 'export const x: any = 1;' }],
    [
      'heavy start',
      'a heavy library on the way to --version',
      { 'cli/index.ts': "import './run.ts';", 'cli/run.ts': "import { Command } from 'commander';" },
    ],
    ['pure', 'the layout reads a file', { 'docs/layout/a.ts': "import { readFileSync } from 'node:fs';" }],
    ['browser', 'the page asks Node', { 'docs/app/a.tsx': "import { join } from 'node:path';" }],
    ['browser', 'what makes the site needs the page', { 'docs/write/a.ts': "import { x } from '../app/a.tsx';" }],
    ['length', 'a file too long to read', { 'util/a.ts': '\n'.repeat(301) }],
  ];

  it.each(planted)('finds a planted violation: %s, %s', (rule, _what, files) => {
    expect(checkHouse(new Map(Object.entries(files))).map((one) => one.rule)).toContain(rule);
  });
});
