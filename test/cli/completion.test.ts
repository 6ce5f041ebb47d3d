import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { candidates } from '../../src/cli/completion/candidates.ts';
import { SCRIPTS } from '../../src/cli/completion/scripts.ts';
import { GLOBAL_OPTIONS } from '../../src/cli/options.ts';
import { BIN } from '../e2e/checkout.ts';

const NAMES = {
  nodes: ['orders', 'order_items', 'customers', 'tag:nightly', 'source:raw.events'],
  selectors: ['hourly'],
  macros: ['refresh'],
};
const after = (line: string): string[] => candidates(line, COMMANDS, GLOBAL_OPTIONS, () => NAMES);

describe('completion', () => {
  it.each<[string, string[]]>([
    ['tsdbt ser', ['server']],
    ['tsdbt docs ', ['generate', 'serve']],
    ['tsdbt source f', ['freshness']],
    ['tsdbt run --sel', ['--select', '--selector']],
    ['tsdbt run --select ord', ['order_items', 'orders']],
    ['tsdbt run --select customers +ord', ['+order_items', '+orders']],
    ['tsdbt run -s 2+cust', ['2+customers']],
    ['tsdbt build --exclude tag:', ['tag:nightly']],
    ['tsdbt build --select tag:nightly,cus', ['tag:nightly,customers']],
    ['tsdbt ls -m cust', ['customers']],
    ['tsdbt run --selector ', ['hourly']],
    ['tsdbt run --indirect-selection c', ['cautious']],
    ['tsdbt --log-format j', ['json']],
    ['tsdbt build --resource-type model un', ['unit_test']],
    ['tsdbt run-operation re', ['refresh']],
    ['tsdbt run --no-pri', ['--no-print']],
    ['tsdbt run --profiles-dir ', []],
    ['tsdbt run --target-path x ', []],
  ])('%s', (line, words) => {
    expect(after(line)).toEqual(words);
  });

  it('offers every command to an empty line', () => {
    expect(after('tsdbt ')).toEqual(expect.arrayContaining(['build', 'ls', 'run', 'docs', 'source', 'completion']));
  });

  it('hides what is there for compatibility only', () => {
    expect(after('tsdbt run --use-')).toEqual(['--use-colors']);
  });
});

describe('in a shell', () => {
  let folder: string;
  const bash = spawnSync('bash', ['--version']).status === 0;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tsdbt-completion-'));
    mkdirSync(join(folder, 'target'));
    mkdirSync(join(folder, 'models'));
    writeFileSync(join(folder, 'dbt_project.yml'), 'name: p\n');
    const node = { name: 'orders', resource_type: 'model', package_name: 'p', tags: ['nightly', 'hourly'] };
    const manifest = { metadata: { project_name: 'p' }, nodes: { o: node }, sources: {}, exposures: {}, macros: {} };
    writeFileSync(join(folder, 'target/manifest.json'), JSON.stringify({ ...manifest, selectors: {} }));
    writeFileSync(join(folder, 'tsdbt'), `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`, { mode: 0o755 });
    writeFileSync(join(folder, 'completion.bash'), SCRIPTS['bash']!);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const complete = (line: string): string => {
    const path = `${folder}:${process.env['PATH']}`;
    const env = { ...process.env, PATH: path, COMP_LINE: line, COMP_POINT: String(line.length) };
    const script = 'compopt() { :; }; source ../completion.bash; _tsdbt; echo "$COMPREPLY"';
    return spawnSync('bash', ['-c', script], { cwd: join(folder, 'models'), env, encoding: 'utf8' }).stdout.trim();
  };

  it.skipIf(!bash)('bash completes names of the project, from a folder within it', () => {
    expect(complete('tsdbt run --select or')).toBe('orders');
    expect(complete('tsdbt run --select or')).toBe('orders');
  });

  it.skipIf(!bash)('bash is given what follows the colon', () => {
    expect(complete('tsdbt run --select tag:nig')).toBe('nightly');
  });
});
