import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SmallProject, smallProject } from './small-project.ts';

const BIN = fileURLToPath(new URL('../../bin/tsdbt.js', import.meta.url));
const SLOW =
  "{{ config(materialized='table') }}\nselect sleepEachRow(0.2) as x from numbers(300) settings max_block_size = 1";

let project: SmallProject;

beforeAll(async () => {
  project = await smallProject({
    'models/slow_1.sql': SLOW,
    'models/slow_2.sql': SLOW,
    'models/after.sql': "select * from {{ ref('slow_1') }}",
    'models/quick.sql': 'select 1 as id',
  });
}, 120_000);

afterAll(async () => {
  await project?.remove();
}, 60_000);

async function query(sql: string): Promise<string> {
  return String((await project.rows(sql))[0]?.[0] ?? '');
}

/** A build in the middle of its slow models. */
async function building(): Promise<{ child: ChildProcess; ended: Promise<{ code: number | null; stdout: string }> }> {
  rmSync(join(project.dir, 'target/run_results.json'), { force: true });
  const child = spawn(process.execPath, [BIN, 'build'], {
    cwd: project.dir,
    env: { ...process.env, TSDBT_PROGRESS: 'none' },
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const ended = new Promise<{ code: number | null; stdout: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout }));
  });
  const running =
    "select count() from system.processes where query like '%sleepEachRow%' and query not like '%system.processes%'";
  await expect.poll(() => query(running), { timeout: 30_000, interval: 100 }).toBe('2');
  return { child, ended };
}

const LEFT_RUNNING =
  "select count() from system.processes where query like '%sleepEachRow%' and query not like '%system.processes%'";
const LEFT_TABLES =
  "select arrayStringConcat(groupArray(name), ',') from system.tables where database = 'main' and name like '%slow%'";

describe('Ctrl-C', () => {
  it('kills the statements, tells how far it came, writes what is known and ends with 2', async () => {
    const { child, ended } = await building();
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(2);
    expect(stdout).toContain('Exited because of keyboard interrupt');
    expect(stdout).toMatch(/Done\. PASS=1 WARN=0 ERROR=2 SKIP=1 /);
    expect(await query(LEFT_RUNNING)).toBe('0');
    expect(await query(LEFT_TABLES)).toBe('');
    const { results } = JSON.parse(readFileSync(join(project.dir, 'target/run_results.json'), 'utf8'));
    expect(results).toHaveLength(4);
  }, 60_000);

  it('twice leaves at once; a server of our own forgets what was running', async () => {
    const { child, ended } = await building();
    child.kill('SIGINT');
    child.kill('SIGINT');
    const began = performance.now();
    const { code } = await ended;
    expect(code).toBe(2);
    expect(performance.now() - began).toBeLessThan(3000);
  }, 60_000);

  it('a reader that goes away ends the run in good order', async () => {
    const { child, ended } = await building();
    child.stdout?.destroy();
    await query("kill query where query like '%sleepEachRow%' and query not like '%kill%' sync");
    child.kill('SIGTERM');
    const { code } = await ended;
    expect(code).toBe(2);
    expect(existsSync(join(project.dir, 'target/run_results.json'))).toBe(true);
  }, 60_000);
});

describe('--fail-fast', () => {
  it('ends on the server what still runs, and skips it and the rest', async () => {
    project.write({
      'models/fails.sql': "{{ config(materialized='table') }}\nselect throwIf(sleep(1) = 0, 'no good') as x",
    });
    const { code, stdout } = await project.run(['run', '-s', 'slow_1', 'after', 'fails', '--fail-fast']);
    expect(code).toBe(1);
    expect(stdout).toContain('no good');
    expect(stdout).toMatch(/SKIP relation main\.slow_1 |SKIP .*slow_1/);
    expect(await query(LEFT_RUNNING)).toBe('0');
    expect(await query(LEFT_TABLES)).toBe('');
    const { results } = project.artifact('run_results.json');
    const of = (name: string) => results.find((one: { unique_id: string }) => one.unique_id.endsWith(`.${name}`));
    expect(of('slow_1')).toMatchObject({ status: 'skipped', message: 'Skipping due to fail_fast' });
    expect(of('after')).toMatchObject({ status: 'skipped' });
    expect(of('fails')).toMatchObject({ status: 'error' });
  }, 60_000);
});
