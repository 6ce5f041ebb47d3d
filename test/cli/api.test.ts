import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../e2e/checkout.ts';
import { ROOT } from '../e2e/root.ts';
import { type SmallProject, smallProject } from '../e2e/small-project.ts';

let project: SmallProject;
/** A program of somebody else's, with tsdbt installed from the packed file. */
let folder: string;

const PROGRAM = `
import { tsdbt, type TsdbtOutcome } from 'tsdbt';

const [cwd = '', ...args] = process.argv.slice(2);
const statuses: string[] = [];
const outcome: TsdbtOutcome = await tsdbt.invoke(args, {
  cwd,
  onEvent: (event) => {
    if (event.name === 'LogModelResult') statuses.push(\`\${event.code} \${event.level} \${event.message}\`);
  },
});
console.log(JSON.stringify({ ...outcome, statuses }));
`;

beforeAll(async () => {
  project = await smallProject({
    'models/good.sql': 'select 1 as id',
    'models/wrong.sql': "select nope from {{ ref('good') }}",
  });
  folder = mkdtempSync(join(tmpdir(), 'tsdbt-api-'));
  const packed = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
  });
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'tsdbt'), { recursive: true });
  execFileSync('tar', [
    'xzf',
    join(folder, String(packed).trim().split('\n').at(-1)!),
    '-C',
    join(modules, 'tsdbt'),
    '--strip-components=1',
  ]);
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (!name.startsWith('.')) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  writeFileSync(join(folder, 'program.ts'), PROGRAM);
}, 120_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await project?.remove();
}, 60_000);

async function invoke(...args: readonly string[]) {
  const { code, stdout, stderr } = await runCommand(process.execPath, ['program.js', project.dir, ...args], {
    cwd: folder,
    env: {},
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('import { tsdbt } from an installed package', () => {
  it('has types that a strict program compiles against', () => {
    const options = ['--module', 'nodenext', '--target', 'es2023', '--strict', '--types', 'node'];
    const { status, stdout } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), [...options, 'program.ts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  it('runs a command, tells its events as they happen and gives the results', async () => {
    const outcome = await invoke('run');
    expect(outcome).toMatchObject({ exitCode: 1, success: false, problems: [] });
    const statuses = outcome.results.map((one: { unique_id: string; status: string }) => [one.unique_id, one.status]);
    expect(statuses).toEqual([
      ['model.small.good', 'success'],
      ['model.small.wrong', 'error'],
    ]);
    expect(outcome.statuses).toEqual([
      expect.stringMatching(/^Q012 info 1 of 2 OK created sql view model `main`.`good`/),
      expect.stringMatching(/^Q012 error 2 of 2 ERROR creating sql view model `main`.`wrong`/),
    ]);
  });

  it('gives the lines of ls', async () => {
    expect(await invoke('ls', '--resource-type', 'model')).toMatchObject({
      exitCode: 0,
      printed: ['small.good', 'small.wrong'],
    });
  });

  it('gives what is wrong with the project or with the words as problems', async () => {
    expect(await invoke('ls', '--profile', 'nothing')).toMatchObject({ exitCode: 2, problems: [{ code: 'TSD1004' }] });
    expect(await invoke('ls', '--nothing')).toMatchObject({
      exitCode: 2,
      problems: [{ code: 'TSD9001', message: "unknown option '--nothing'" }],
    });
  });
});
