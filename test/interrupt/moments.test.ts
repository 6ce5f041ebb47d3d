import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BIN } from '../e2e/checkout.ts';
import { type SmallProject, smallProject } from '../e2e/small-project.ts';
import { randomFrom } from '../soak/chaos.ts';
import { count } from '../soak/support.ts';

// `npm run soak:interrupt` interrupts fifty times.
const TIMES = count('TSDBT_INTERRUPTS', 3);
const SEED = count('TSDBT_SEED', 20260930);

const slow = (name: string, rows: number, from: string): Record<string, string> => ({
  [`models/${name}.sql`]: `{{ config(materialized='table') }}\nselect id, sleepEachRow(0.05) as s from ${from} limit ${rows} settings max_block_size = 1`,
});
const FILES = {
  'seeds/raw.csv': `id\n${Array.from({ length: 20 }, (_, i) => i + 1).join('\n')}\n`,
  ...slow('one', 12, "{{ ref('raw') }}"),
  ...slow('two', 8, "{{ ref('one') }}"),
  ...slow('three', 4, "{{ ref('raw') }}"),
  'models/grown.sql':
    "{{ config(materialized='incremental', unique_key='id') }}\nselect id, sleepEachRow(0.05) as s from {{ ref('raw') }} settings max_block_size = 1",
  'models/seen.sql': "select * from {{ ref('two') }}",
  'models/models.yml':
    'models:\n' +
    ['one', 'two', 'three', 'seen']
      .map((name) => `  - name: ${name}\n    columns: [{name: id, data_tests: [unique, not_null]}]\n`)
      .join(''),
  'dbt_project.yml':
    'name: small\nversion: "1.0"\nprofile: small\non-run-start: "select sleep(0.2)"\non-run-end: "select sleep(0.2)"\n',
};
const TABLES = { grown: 20, one: 12, raw: 20, seen: 8, three: 4, two: 8 };
const HOOK = /^operation\./;

let project: SmallProject;
let buildMs: number;

beforeAll(async () => {
  project = await smallProject(FILES);
  const began = performance.now();
  expect(await project.run(['build'])).toMatchObject({ code: 0 });
  buildMs = performance.now() - began;
}, 120_000);

afterAll(() => project?.remove(), 60_000);

const query = async (sql: string): Promise<string> =>
  (await project.rows(sql)).map((row) => row.map(String).join(' ')).join(', ');

const RUNNING =
  "select count() from system.processes where query like '%sleep%' and query not like '%system.processes%'";
const LEFT =
  "select name from system.tables where database = 'main' and name not in ('raw', 'one', 'two', 'three', 'grown', 'seen')";

it(
  `a build that is interrupted at ${TIMES} moments says so, leaves nothing behind, and retry finishes it`,
  async () => {
    const random = randomFrom(SEED);
    let cut = 0;
    for (let time = 1; time <= TIMES; time++) {
      await project.rows('drop database if exists main sync');
      await project.rows('create database main');
      rmSync(join(project.dir, 'target/run_results.json'), { force: true });
      const after = Math.round(random() * buildMs);
      const signal = time % 2 === 0 ? 'SIGTERM' : 'SIGINT';
      const said = `${signal} after ${after} ms`;
      const { code, stdout, stderr } = await interrupted(signal, after);
      const isWhole = code === 0;
      // Before it listens, a signal ends the process as it ends any other.
      expect([0, 2, null], `${said}\n${stdout}${stderr}`).toContain(code);
      expect(stderr, said).not.toMatch(/at .*\.js:\d+/);
      expect(await query(RUNNING), said).toBe('0');
      expect(await query(LEFT), said).toBe('');

      const results = resultsIn(project.dir);
      if (code === 2 && stdout.includes('START')) {
        cut++;
        expect(results, `${said}\n${stdout}`).toBeDefined();
        expect(stdout, said).toContain('Exited because of keyboard interrupt');
      }
      if (!isWhole) {
        const isRetried = results?.some(
          ({ unique_id, status }) => !HOOK.test(unique_id) && status !== 'success' && status !== 'pass',
        );
        const again = await project.run([isRetried ? 'retry' : 'build']);
        expect(again, `${said}\n${stdout}\n${again.stdout}${again.stderr}`).toMatchObject({ code: 0 });
      }
      for (const [table, rows] of Object.entries(TABLES)) {
        expect(await query(`select count() from main.${table}`), `${table}, ${said}`).toBe(String(rows));
      }
    }
    expect(cut).toBeGreaterThan(0);
  },
  120_000 * TIMES,
);

function resultsIn(dir: string): { unique_id: string; status: string }[] | undefined {
  const path = join(dir, 'target/run_results.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).results : undefined;
}

function interrupted(signal: 'SIGINT' | 'SIGTERM', afterMs: number) {
  const child: ChildProcess = spawn(process.execPath, [BIN, 'build'], {
    cwd: project.dir,
    env: { ...process.env, TSDBT_PROGRESS: 'none' },
  });
  const timer = setTimeout(() => child.kill(signal), afterMs);
  let [stdout, stderr] = ['', ''];
  child.stdout!.on('data', (text) => {
    stdout += text;
  });
  child.stderr!.on('data', (text) => {
    stderr += text;
  });
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}
