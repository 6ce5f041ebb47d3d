import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HistoryEntry, Holder } from '../../src/jobs/index.ts';
import { BIN } from '../e2e/checkout.ts';
import { type SmallProject, smallProject } from '../e2e/small-project.ts';
import { randomFrom } from '../soak/chaos.ts';
import { type Crawler, startCrawler } from './support/crawler.ts';

// `npm run soak:job-kill` kills twenty times.
const KILLS = Number(process.env['TSDBT_JOB_KILLS'] ?? 2);
const SEED = Number(process.env['TSDBT_SEED'] ?? 20260630);
const ROWS = 300;
const LEASE_S = 6;

const JOBS = `jobs:
  - name: feed
    schedule: '*/5 * * * *'
    retry: {times: 0}
    steps:
      - run: {select: numbers}
      - post: {rows: "select id, round from {{ ref('numbers') }}", key: id round, to: crawler, batch: 10}
`;
const PROFILES = `small:
  target: dev
  outputs:
    dev: {type: clickhouse, schema: main, threads: 4, embedded: {path: .tsdbt/clickhouse}}
    crawler: {type: http, url: "{{ env_var('CRAWLER_URL') }}"}
`;
/** The process seems to be on a machine of its own, whose processes nobody here can see. */
const ELSEWHERE = `import os from 'node:os';
import { syncBuiltinESMExports } from 'node:module';
os.hostname = () => 'elsewhere';
syncBuiltinESMExports();
`;

let project: SmallProject;
let crawler: Crawler;

beforeAll(async () => {
  crawler = await startCrawler();
  project = await smallProject({
    'profiles.yml': PROFILES,
    'models/numbers.sql': `{{ config(materialized='table', order_by='id') }} select number as id, {{ var('round') }} as round from numbers(${ROWS})`,
    'jobs/a.yml': JOBS,
  });
  writeFileSync(join(project.dir, 'elsewhere.mjs'), ELSEWHERE);
}, 120_000);
afterAll(async () => {
  await crawler?.close();
  await project?.remove();
}, 60_000);

const env = () => ({ CRAWLER_URL: crawler.url, TSDBT_LOCK_SECONDS: String(LEASE_S) });
const words = (round: number): string[] => ['job', 'run', 'feed', '--vars', `{round: ${round}}`];

/** Whether it was still running when its time had come. */
function runAndKill(round: number, isElsewhere: boolean, afterMs: number): Promise<boolean> {
  const preload = isElsewhere ? ['--import', join(project.dir, 'elsewhere.mjs')] : [];
  const child = spawn(process.execPath, [...preload, BIN, ...words(round)], {
    cwd: project.dir,
    stdio: 'ignore',
    env: { ...process.env, ...env() },
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  return new Promise((resolve) =>
    child.on('close', (_, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    }),
  );
}

/** The newest lock of the job, whoever holds it. */
function lock(): Holder | undefined {
  const dir = join(project.dir, '.tsdbt/jobs/locks');
  const newest = readdirSync(dir)
    .filter((name) => /^feed\.\d+$/.test(name))
    .sort((a, b) => Number(b.slice(5)) - Number(a.slice(5)))[0];
  return newest === undefined ? undefined : (JSON.parse(readFileSync(join(dir, newest), 'utf8')) as Holder);
}

it(
  `a job killed with -9 ${KILLS} times delays the next by no more than its lock’s expiry, and loses nothing`,
  async () => {
    await project.run(words(-1), env());
    const began = performance.now();
    expect(await project.run(words(0), env())).toMatchObject({ code: 0 });
    let whole = performance.now() - began;
    const random = randomFrom(SEED);
    let killed = 0;
    let expired = 0;
    let round = 0;
    // A run that ended before its time had come was none.
    while (killed < KILLS && round < 5 * KILLS) {
      round++;
      const isElsewhere = round % 2 === 0;
      // The first third is the start of Node and the reading of the project.
      if (await runAndKill(round, isElsewhere, whole * (0.3 + 0.7 * random()))) killed++;
      const left = lock();
      if (isElsewhere && left !== undefined && !left.released) {
        expired++;
        while (Date.now() <= left.expires) await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const from = performance.now();
      const next = await project.run(words(round), env());
      whole = Math.min(whole, performance.now() - from);
      expect(next.code, `round ${round}: ${next.stdout}`).toBe(0);
    }
    expect(killed).toBe(KILLS);

    const rows = crawler.done.map(({ row }) => `${row['round']} ${row['id']}`);
    expect(rows).toHaveLength(ROWS * (round + 2));
    expect(new Set(rows).size).toBe(rows.length);
    const [sent] = await project.rows("select count(), countIf(state = 'sent') from tsdbt.delivery_ledger final");
    expect(sent).toEqual([rows.length, rows.length]);
    const history = (await project.run(['job', 'history', '--output', 'json'])).stdout.trim().split('\n');
    const entries = history.map((line) => JSON.parse(line) as HistoryEntry);
    const ended = new Set(entries.filter(({ event }) => event === 'ended').map(({ run }) => run));
    expect(entries.filter(({ event, run }) => event === 'started' && !ended.has(run))).toEqual([]);
    process.stdout.write(
      `${killed} killed at work in ${round} runs, ${expired} locks waited for, ${rows.length} rows each once\n`,
    );
  },
  120_000 * (KILLS + 2),
);
