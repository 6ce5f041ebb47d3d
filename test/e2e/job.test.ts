import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN, checkout } from './checkout.ts';
import { type SmallProject, smallProject } from './small-project.ts';

const JOBS = `jobs:
  - name: tier
    schedule: '*/5 * * * *'
    retry: {times: 1, delay: 2 s}
    steps:
      - truncate: marks
      - run: {select: tag:tier, exclude: left_out}
  - name: slow
    schedule: '0 * * * *'
    retry: {times: 0}
    timeout: 4 s
    steps: [{sql: "select sum(sleepEachRow(1)) from numbers(60) settings max_block_size = 1, function_sleep_max_microseconds_per_block = 0"}]
  - name: evening
    schedule: '0 12 * * *'
    skip: [{from: '19:00', to: '22:00'}]
    steps: [{run: {select: marks}}]
  - name: after
    schedule: '30 12 * * *'
    wait_for: [{job: evening, limit: 1 s}]
    steps: [{run: {select: marks}}]
`;

let project: SmallProject;
let hook: Server;
let told: string[];
/** Events of lineage. */
let heard: string[];

beforeAll(async () => {
  told = [];
  heard = [];
  hook = createServer((request, response) => {
    const kept = request.url === '/api/v1/lineage' ? heard : told;
    request.on('data', (chunk: Buffer) => kept.push(chunk.toString()));
    request.on('end', () => response.end('ok'));
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  project = await smallProject({
    'models/marks.sql': "{{ config(materialized='table', order_by='id') }} select 1 as id",
    'models/good.sql':
      "{{ config(materialized='table', order_by='n', tags=['tier']) }} select count() as n from {{ ref('marks') }}",
    'models/flaky.sql':
      "{{ config(materialized='table', order_by='n', tags=['tier']) }} select n from {{ target.schema }}.missing",
    'models/left_out.sql': "{{ config(tags=['tier']) }} select 1 as id",
    'jobs/a.yml': JOBS,
  });
  await project.run(['run', '--select', 'marks']);
}, 120_000);

afterAll(async () => {
  hook?.close();
  await project?.remove();
}, 60_000);

const env = (): Record<string, string> => ({
  DBT_ENV_SECRET_SLACK_WEBHOOK: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/secret-path`,
});

describe('job run', () => {
  it('does its steps, fails with 1, tells the webhook, and keeps its address to itself', async () => {
    const ended = await project.run(['job', 'run', 'tier'], env());
    expect(ended.code, ended.stdout).toBe(1);
    expect((await project.rows('select n from main.good'))[0]).toEqual([0]);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('model.small.flaky');
    expect(ended.stdout).not.toContain('secret-path');
    const { stdout } = await project.run(['job', 'history', 'tier', '--output', 'json']);
    const steps = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event === 'step');
    expect(steps.map(({ step, attempt, units }) => [step, attempt, units.length])).toEqual([
      ['truncate marks', 1, 1],
      ['run --select tag:tier --exclude left_out', 1, 2],
      ['run --select tag:tier --exclude left_out', 2, 1],
    ]);
  }, 60_000);

  it('goes on from what failed once it can, and ends with 0', async () => {
    const running = project.run(['job', 'run', 'tier'], env());
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await project.rows('create table main.missing engine = Memory as select 7 as n');
    const ended = await running;
    expect(ended.code, ended.stdout).toBe(0);
    expect((await project.rows('select n from main.flaky'))[0]).toEqual([7]);
    expect((await project.run(['job', 'status'])).stdout).toMatch(/^tier .*success/m);
  }, 60_000);

  it('runs once where two processes begin it at once; the other says so with 98', async () => {
    for (let round = 0; round < 3; round++) {
      const both = await Promise.all([
        project.run(['job', 'run', 'slow']),
        project.run(['job', 'run', 'slow', '--skips-succeed']),
      ]);
      expect(both.map(({ code }) => code).filter((code) => code === 124)).toHaveLength(1);
      expect(both.map(({ code }) => code)).toContain(both[0].code === 124 ? 0 : 98);
    }
    const left = await project.rows(
      "select count() from system.processes where query like '%sleepEachRow%' and query not like '%system.processes%'",
    );
    expect(left[0]).toEqual([0]);
  }, 90_000);

  it('keeps its window with 99, waits in vain with 97, and says both beforehand', async () => {
    expect((await project.run(['job', 'run', 'evening'], { TSDBT_NOW: '2026-06-30T21:59:00' })).code).toBe(99);
    expect((await project.run(['job', 'run', 'after'], { TSDBT_NOW: '2026-06-30T12:30:00' })).code).toBe(97);
    const dry = await project.run(['job', 'run', 'after', '--dry-run'], { TSDBT_NOW: '2026-06-30T12:30:00' });
    expect(dry.stdout).toContain('after waits for job evening, since 2026-06-30T12:00:00.000Z');
    expect((await project.run(['job', 'run', 'evening'], { TSDBT_NOW: '2026-06-30T12:00:00' })).code).toBe(0);
    expect((await project.run(['job', 'run', 'after'], { TSDBT_NOW: '2026-06-30T12:30:00' })).code).toBe(0);
  }, 120_000);

  it('tells OpenLineage what it does, and keeps its artifacts apart', async () => {
    const { port } = hook.address() as AddressInfo;
    const lineage = { OPENLINEAGE_URL: `http://127.0.0.1:${port}/`, TSDBT_NOW: '2026-06-30T12:00:00' };
    expect((await project.run(['job', 'run', 'evening'], lineage)).code).toBe(0);
    const events = heard.map((text) => JSON.parse(text));
    expect(events.map(({ eventType, job }) => `${eventType} ${job.name}`)).toEqual([
      'START small.evening',
      'START model.small.marks',
      'COMPLETE model.small.marks',
      'RUNNING small.evening',
      'COMPLETE small.evening',
    ]);
    expect(events[2].outputs).toMatchObject([{ namespace: 'clickhouse://localhost', name: 'main.marks' }]);
    expect(events[2].run.facets.parent.run.runId).toBe(events[0].run.runId);
    expect(project.artifact('jobs/evening/run_results.json').results).toHaveLength(1);
    const silent = { ...lineage, OPENLINEAGE_URL: 'http://127.0.0.1:9/' };
    const deaf = await project.run(['job', 'run', 'evening'], silent);
    expect(deaf.code).toBe(0);
    expect(deaf.stdout).toContain('OPENLINEAGE_URL does not take lineage');
  }, 60_000);

  it('killed with -9 is found by the next, which runs at once', async () => {
    const child = spawn(process.execPath, [BIN, 'job', 'run', 'slow'], {
      cwd: project.dir,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise<void>((resolve) =>
      child.stdout.on('data', (text: Buffer) => text.includes('begins') && resolve()),
    );
    child.kill('SIGKILL');
    await new Promise((resolve) => child.on('close', resolve));
    const next = await project.run(['job', 'run', 'slow']);
    expect(next.code).toBe(124);
    expect(next.stdout).toContain('the run before died');
    expect((await project.run(['job', 'history', 'slow'])).stdout).toContain('lost');
  }, 60_000);
});

describe('job validate', () => {
  it('finds what the project does not have, with its place', async () => {
    project.write({
      'jobs/b.yml': `jobs:
  - {name: b, schedule: '0 * * * *', promises: [{model: gone, within: 1 h}], steps: [{run: {select: tag:none}}, {sync: s}, {truncate: t}, {operation: {macro: m}}]}
`,
    });
    const { code, stdout } = await project.run(['job', 'validate']);
    expect(code).toBe(2);
    for (const text of [
      'its selection is empty',
      "no sync 's'",
      "no model 't'",
      "no macro 'm'",
      "no model 'gone'",
      'jobs/b.yml:2',
    ])
      expect(stdout).toContain(text);
    project.write({ 'jobs/b.yml': 'jobs: []\n' });
    expect((await project.run(['job', 'validate'])).code).toBe(0);
  }, 60_000);
});

describe("Stir's dbt jobs", () => {
  it('select what the table of the specification says', async () => {
    const stir = checkout();
    try {
      expect((await stir.run(['job', 'validate'])).stdout).toContain('76 jobs are right.');
      const words: Readonly<Record<string, readonly string[]>> = {
        dbt_core: ['--select', 'tag:core', '--exclude', 'tag:deprecated', 'tag:post_ranker'],
        dbt_collections: ['--select', 'tag:collections'],
        dbt_staging_collections: ['--select', 'tag:staging_collections'],
        dbt_recent_scl: ['--select', 'tag:recent_scl'],
        post_ranker_partial: ['--select', 'tag:post_ranker_partial'],
        dbt_hourly: ['--select', 'tag:hourly', '--exclude', 'tag:core', 'tag:deprecated'],
        dbt_gcc_orders: ['--select', 'tag:gcc_orders'],
        dbt_refresh_account_tracker_stats: ['--select', 'tag:account_tracker'],
        post_ranker: ['--select', 'tag:post_ranker'],
        dbt_daily: ['--select', 'tag:daily', '--exclude', 'tag:deprecated', 'tag:post_ranker', 'tag:core'],
        dbt_weekly: ['--select', 'tag:weekly'],
      };
      for (const [name, selection] of Object.entries(words)) {
        const list = await stir.run([
          'ls',
          '--resource-type',
          'model',
          '--output',
          'json',
          '--output-keys',
          'unique_id',
          '--quiet',
          ...selection,
        ]);
        const wanted = list.stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line).unique_id as string)
          .sort();
        const dry = await stir.run(['job', 'run', name, '--dry-run', '--quiet']);
        expect(wanted.length, name).toBeGreaterThan(0);
        expect(dry.stdout.match(/(?<=^ {2})model\.\S+$/gm), name).toEqual(wanted);
      }
    } finally {
      await stir.remove();
    }
  }, 240_000);
});
