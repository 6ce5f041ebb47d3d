// npm run compare:packages -- DIR...: the integration projects of public packages (DIR/integration_tests), by real dbt and by tsdbt on
// one server in databases of their own. What passes with real dbt must pass with tsdbt. `-v` prints what tsdbt says of the others.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { startNodes } from '../cluster/nodes.ts';
import { BIN, type Ended, runCommand } from '../e2e/checkout.ts';
import { ROOT } from '../e2e/root.ts';
import { findDbt } from './stir/real-dbt.ts';

const STEPS = [['seed', '--full-refresh'], ['run', '--full-refresh'], ['snapshot'], ['test']];

interface Result {
  readonly status: string;
  readonly message: string;
}

type Run = (args: readonly string[]) => Promise<Ended>;

const given = process.argv.slice(2);
const loud = given.includes('-v');
const dbt = findDbt(ROOT);
if (dbt === undefined) console.log('SKIPPED: real dbt needs python3 with venv, which is not there\n0 passed, 0 failed');
else await compareAll(dbt);

async function compareAll(executable: string): Promise<void> {
  const nodes = await startNodes(1, { one: [[0]] });
  const tally = { passed: 0, failed: 0 };
  try {
    for (const folder of given.filter((arg) => !arg.startsWith('-'))) {
      const worse = await compare(executable, folder, nodes.nodes[0]!.http);
      tally[worse === 0 ? 'passed' : 'failed']++;
    }
  } finally {
    await nodes.close();
  }
  if (tally.failed > 0) process.exitCode = 1;
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
}

/** How many resources real dbt has right and tsdbt has not. */
async function compare(executable: string, folder: string, port: number): Promise<number> {
  const name = basename(folder).replaceAll('-', '_');
  const theirs = await resultsOf(
    folder,
    `${name}_dbt`,
    port,
    (cwd, env) => (args) => runCommand(executable, ['--no-use-colors', ...args], { cwd, env }),
  );
  const ours = await resultsOf(
    folder,
    `${name}_ts`,
    port,
    (cwd, env) => (args) => runCommand(process.execPath, [process.env['TSDBT_BIN'] ?? BIN, ...args], { cwd, env }),
  );
  let worse = 0;
  for (const [id, { status }] of theirs) {
    const made = ours.get(id);
    if (!isGood(status) || (made !== undefined && isGood(made.status))) {
      if (loud && !isGood(status) && made !== undefined && isGood(made.status)) console.log(`  better: ${id}`);
      continue;
    }
    worse++;
    console.log(`  ${id}: ${status} by dbt, ${made?.status} by tsdbt: ${made?.message.slice(0, loud ? 2000 : 300)}`);
  }
  console.log(`${name}: ${counts(theirs)} by dbt; ${counts(ours)} by tsdbt`);
  return worse;
}

function isGood(status: string): boolean {
  return ['success', 'pass', 'warn'].includes(status);
}

function counts(results: ReadonlyMap<string, Result>): string {
  const kinds = new Map<string, [number, number]>();
  for (const [id, { status }] of results) {
    const kind = id.split('.')[0]!;
    const [good, all] = kinds.get(kind) ?? [0, 0];
    kinds.set(kind, [good + (isGood(status) ? 1 : 0), all + 1]);
  }
  return [...kinds].map(([kind, [good, all]]) => `${good} of ${all} ${kind}s`).join(', ');
}

async function resultsOf(
  folder: string,
  schema: string,
  port: number,
  tool: (cwd: string, env: Readonly<Record<string, string>>) => Run,
): Promise<ReadonlyMap<string, Result>> {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-package-'));
  cpSync(folder, join(dir, 'package'), {
    recursive: true,
    filter: (path) => !/\/(?:\.git|target|dbt_packages|package-lock\.yml|\.compare)$/.test(path),
  });
  const project = join(dir, 'package/integration_tests');
  for (const file of [join(dir, 'package/packages.yml'), join(project, 'packages.yml')]) takeFromBeside(folder, file);
  rmSync(join(project, 'profiles.yml'), { force: true });
  const profile = /^profile:\s*['"]?([\w-]+)/m.exec(readFileSync(join(project, 'dbt_project.yml'), 'utf8'))?.[1] ?? '';
  const output = { type: 'clickhouse', host: '127.0.0.1', port, user: 'default', password: '', schema, threads: 4 };
  mkdirSync(join(dir, 'profiles'));
  writeFileSync(
    join(dir, 'profiles/profiles.yml'),
    JSON.stringify({ [profile]: { target: 'ch', outputs: { ch: output } } }),
  );
  const run = tool(project, { DBT_PROFILES_DIR: join(dir, 'profiles'), DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' });
  const results = new Map<string, Result>();
  try {
    const packages = await run(['deps']);
    if (packages.code !== 0) console.log(packages.stdout.slice(-2000) + packages.stderr);
    for (const args of STEPS) {
      const file = join(project, 'target/run_results.json');
      rmSync(file, { force: true });
      const { stdout, stderr } = await run(args);
      if (!existsSync(file)) console.log(`${schema}: ${args[0]} left no results\n${stdout.slice(-2000)}${stderr}`);
      else for (const [id, result] of read(file)) results.set(id, result);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  return results;
}

/** Packages of the hub are taken from folders beside this one: `<owner>/<name>`. */
function takeFromBeside(folder: string, file: string): void {
  if (!existsSync(file)) return;
  const text = readFileSync(file, 'utf8');
  const local = text.replace(/- package: ([\w-]+)\/(\w+)\n\s+version: .*/g, (_all, owner: string, name: string) => {
    return `- local: ${resolve(folder, '../..', owner, name.replaceAll('_', '-'))}`;
  });
  writeFileSync(file, local);
}

function read(file: string): [string, Result][] {
  const { results } = JSON.parse(readFileSync(file, 'utf8')) as {
    results: { unique_id: string; status: string; message: string | null }[];
  };
  return results.map(({ unique_id, status, message }) => [unique_id, { status, message: message ?? '' }]);
}
