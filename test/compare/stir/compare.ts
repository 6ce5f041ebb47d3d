// The reference project by real dbt and by tsdbt, on one server, twice with time passing between: the same tables, the same manifest.
// `--write` keeps what real dbt made as expected-200.json.
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { ensureServer } from '../../../src/adapter/index.ts';
import { type Checkout, checkout, type Ended, runCommand } from '../../e2e/checkout.ts';
import { ROOT } from '../../e2e/root.ts';
import { compareManifests, type Difference, type Sections } from '../differences.ts';
import { type Expected, writeExpected } from './expected.ts';
import { findDbt, writeProfile } from './real-dbt.ts';
import { type Tables, tableDifferences, tablesOf } from './tables.ts';
import { asOf, HOURS, MOMENTS, WORLD } from './world.ts';

const BY_DBT = 'dbt_real';
const COMPARED = ['nodes', 'sources', 'exposures', 'unit_tests', 'groups', 'macros', 'parent_map', 'child_map'];

export async function compareStir(write: boolean): Promise<void> {
  const dbt = findDbt(ROOT);
  if (dbt === undefined) {
    console.log('SKIPPED: real dbt needs python3 with venv, which is not there\n0 passed, 0 failed');
    return;
  }
  const project = checkout();
  const server = await ensureServer({
    dataDir: join(project.dir, 'project/.tsdbt/clickhouse'),
    label: 'the comparison',
  });
  const tally = { passed: 0, failed: 0 };
  const check = (what: string, differences: readonly string[]): void => {
    tally[differences.length === 0 ? 'passed' : 'failed']++;
    if (differences.length === 0) return;
    console.log(`DIFFERENT ${what}: ${differences.length}\n  ${differences.slice(0, 20).join('\n  ')}`);
  };
  const ours = (...args: readonly string[]) => timed(`tsdbt ${args.join(' ')}`, () => project.run(args));
  const theirs = (profiles: string, ...args: readonly string[]) =>
    timed(`dbt ${args.join(' ')}`, () =>
      runCommand(dbt, ['--no-use-colors', ...args, '--profiles-dir', profiles], {
        cwd: join(project.dir, 'project'),
        env: { DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' },
      }),
    );
  try {
    const apart = writeProfile(join(project.dir, 'profiles-apart'), server, BY_DBT);
    const same = writeProfile(join(project.dir, 'profiles-same'), server, 'dbt');
    await ours('run-operation', 'generate_sources', '--args', WORLD, '--vars', asOf(MOMENTS[0]));
    const stages: Tables[] = [];
    for (const moment of MOMENTS) {
      if (moment !== MOMENTS[0]) await ours('run-operation', 'advance', '--args', `{hours: ${HOURS}}`);
      await ours('build', '--vars', asOf(moment));
      // A unit test that gives rows for `this` needs the table there: real dbt cannot build these models in one go.
      await theirs(apart, 'run', '--vars', asOf(moment));
      const [made, expected] = [await tablesOf(server, 'dbt'), await tablesOf(server, BY_DBT)];
      stages.push(expected);
      for (const name of new Set([...Object.keys(expected), ...Object.keys(made)])) {
        check(`at ${moment}`, tableDifferences(only(expected, name), only(made, name)));
      }
    }
    await theirs(apart, 'test', '--vars', asOf(MOMENTS[1]));
    await ours('compile', '--vars', asOf(MOMENTS[1]));
    renameSync(join(project.dir, 'project/target'), join(project.dir, 'project/target_tsdbt'));
    await theirs(same, 'compile', '--vars', asOf(MOMENTS[1]));
    const [expected, made] = [manifestIn(project, 'target'), manifestIn(project, 'target_tsdbt')];
    for (const section of COMPARED) {
      const { fields, differences } = compareManifests({ [section]: expected[section] }, { [section]: made[section] });
      console.log(`${String(fields).padStart(6)} fields of ${section}`);
      check(`manifest ${section}`, differences.map(told));
    }
    if (write) writeExpected(stages as unknown as Expected);
  } finally {
    await server.release();
    await project.remove();
  }
  if (tally.failed > 0) process.exitCode = 1;
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
}

async function timed(what: string, work: () => Promise<Ended>): Promise<void> {
  const began = performance.now();
  const { code, stdout, stderr } = await work();
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${what}`);
  if (code !== 0) throw new Error(`${what} ended with ${code}\n${stdout.slice(-6000)}${stderr}`);
}

function only(tables: Tables, name: string): Tables {
  const table = tables[name];
  return table === undefined ? {} : { [name]: table };
}

function manifestIn({ dir }: Checkout, target: string): Sections {
  return JSON.parse(readFileSync(join(dir, 'project', target, 'manifest.json'), 'utf8')) as Sections;
}

function told({ field, id, dbt, tsdbt }: Difference): string {
  return `${field} of ${id}: ${shown(dbt)} by dbt, ${shown(tsdbt)} by tsdbt`;
}

function shown(value: unknown): string {
  return String(JSON.stringify(value)).slice(0, 300);
}
