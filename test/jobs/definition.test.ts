import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jobsJsonSchema, loadJobs, showStep } from '../../src/jobs/index.ts';

const STIR = new URL('../../project/jobs', import.meta.url).pathname;

async function load(yaml: string) {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-jobs-'));
  writeFileSync(join(dir, 'a.yml'), yaml);
  const { jobs, problems } = await loadJobs(dir, 'jobs');
  rmSync(dir, { recursive: true });
  return {
    jobs,
    problems: problems.map(({ code, at, message }) => `${code} ${at?.file}:${at?.line}:${at?.col} ${message}`),
  };
}

describe('a definition', () => {
  it('has its defaults filled in', async () => {
    const { jobs, problems } = await load(`jobs:
  - name: nightly
    schedule: {cron: '0 2 * * *', timezone: Europe/Berlin}
    skip: [{from: 19:00, to: '00:30'}]
    steps:
      - run: {select: tag:a tag:b, exclude: [c], full_refresh: true}
        timeout: 90 s
      - truncate: x
      - sync: [y, z]
      - operation: {macro: m}
`);
    expect(problems).toEqual([]);
    expect(jobs[0]).toMatchObject({
      schedule: { zone: 'Europe/Berlin' },
      timeout: 3600,
      retry: { times: 1, delay: 300 },
      notify: { failure: true, recovery: false },
      skip: [{ from: 1140, to: 30, zone: 'UTC' }],
      waitFor: [],
      at: { file: 'jobs/a.yml', line: 2, col: 5 },
    });
    expect(jobs[0]!.steps.map(showStep)).toEqual([
      'run --select tag:a tag:b --exclude c --full-refresh',
      'truncate x',
      'sync y z',
      'run-operation m',
    ]);
    expect(jobs[0]!.steps[0]).toMatchObject({ timeout: 90 });
  });

  it('with mistakes tells each with its place', async () => {
    const { problems } = await load(`jobs:
  - name: a b
    schedule: '0 * * * *'
    steps: [{run: {selekt: x}}]
  - name: c
    schedule: '0 * * * *'
    retries: 3
    steps: [{walk: x}]
    timeout: soon
  - name: d
    schedule: '0 * * * *'
    max_active_runs: 2
    steps: []
    wait_for: [{table: x}]
`);
    expect(problems).toEqual([
      'TSD6001 jobs/a.yml:2:11 jobs.0.name: a name has letters, digits, _ and - only',
      'TSD6001 jobs/a.yml:4:28 jobs.0.steps.0.run.selekt: Unrecognized key: "selekt"',
      'TSD6001 jobs/a.yml:8:13 jobs.1.steps.0: a step is one of: run, build, test, seed, snapshot, truncate, sync, operation, sql, post',
      'TSD6001 jobs/a.yml:9:14 jobs.1.timeout: a duration such as "4 h", "30 min" or "90 s"',
      'TSD6001 jobs/a.yml:7:14 jobs.1.retries: Unrecognized key: "retries"',
      'TSD6001 jobs/a.yml:13:5 jobs.2.steps: Too small: expected array to have >=1 items',
      'TSD6001 jobs/a.yml:12:22 jobs.2.max_active_runs: Invalid input: expected 1',
      'TSD6001 jobs/a.yml:14:16 jobs.2.wait_for.0: wait for {job: NAME} or for {model: NAME, within: DURATION}, each with an optional limit',
    ]);
  });

  it.each([
    [`schedule: '0 0 30 2 *'`, "'0 0 30 2 *' never comes"],
    [`schedule: '0 0 * *'`, 'a cron expression has five fields'],
    [`schedule: {cron: '0 0 * * *', timezone: Mars/Olympus}`, "there is no time zone 'Mars/Olympus'"],
    [`schedule: '0 0 * * *', skip: [{from: '19:00', to: '19:00'}]`, 'the window covers the whole day'],
    [`schedule: '0 0 * * *', skip: [{from: '00:00', to: '24:00'}]`, 'the window covers the whole day'],
    [`schedule: '0 20 * * *', skip: [{from: '19:00', to: '22:00'}]`, 'the windows cover every moment of the schedule'],
    [`schedule: '* * * * *', skip: [{from: '0:00', to: '12:00'}, {from: '12:00', to: '24:00'}]`, 'would never run'],
    [`schedule: '0 0 * * *', skip: [{from: '7 am', to: '22:00'}]`, 'a time of day'],
    [`schedule: '0 0 * * *', wait_for: [{job: b}]`, 'waits for job "b", which is not defined'],
    [`schedule: '0 0 * * *', wait_for: [{job: a}]`, 'in a circle: a -> a'],
  ])('that cannot work is refused: %s', async (text, message) => {
    const { problems } = await load(`jobs: [{name: a, steps: [{sql: select 1}], ${text}}]`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });

  it('of a post takes its file’s defaults, and ours below them', async () => {
    const { jobs, problems } = await load(`defaults:
  timeout: 15 min
  post: {to: crawler, batch: 50, rate: 300 / min}
jobs:
  - name: refresh
    schedule: '0 * * * *'
    steps: [{post: {rows: select 1 as id, key: id, path: /profiles}}]
  - name: upload
    schedule: '0 * * * *'
    timeout: 2 h
    steps: [{post: {name: covers, rows: select 1 as id, key: id due_on, to: uploads, rate: 2 / s, answer: 2 min}}]
`);
    expect(problems).toEqual([]);
    expect(jobs.map(({ timeout }) => timeout)).toEqual([900, 7200]);
    expect(jobs.flatMap(({ steps }) => steps)).toMatchObject([
      { post: { name: 'refresh', to: 'crawler', path: '/profiles', batch: 50, rate: 5, limit: 10_000, answer: 30 } },
      { post: { name: 'covers', key: ['id', 'due_on'], to: 'uploads', path: '/', batch: 50, rate: 2, answer: 120 } },
    ]);
    expect(jobs.flatMap(({ steps }) => steps).map(showStep)).toEqual([
      'post refresh to crawler/profiles',
      'post covers to uploads/',
    ]);
  });

  it.each([
    ['{rows: x, key: id}', 'to: an output of type http in profiles.yml'],
    ['{rows: x, to: a}', 'steps.0.post.key'],
    ['{rows: x, key: id, to: a, path: profiles}', 'a path begins with / and has no blanks'],
    ['{rows: x, key: id, to: a, rate: fast}', 'rows in a time, such as "300 / min" or "5 / s"'],
    ['{rows: x, key: id, to: a, rate: 0 / s}', 'rows in a time'],
    ['{rows: x, key: id, to: a, batch: 0}', 'steps.0.post.batch'],
    ['{rows: x, key: id, to: a, url: b}', 'Unrecognized key: "url"'],
  ])('of a post that cannot work is refused: %s', async (post, message) => {
    const { problems } = await load(`jobs: [{name: a, schedule: '0 0 * * *', steps: [{post: ${post}}]}]`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });

  it('of two posts under one name is refused: each would take the other’s rows for sent', async () => {
    const post = '{post: {rows: x, key: id, to: a}}';
    const { problems } = await load(`jobs: [{name: a, schedule: '0 0 * * *', steps: [${post}, ${post}]}]`);
    expect(problems[0]).toContain('two posts are named "a"');
  });

  it('given twice, or waiting in a longer circle, is refused', async () => {
    const job = (name: string, wait: string) =>
      `  - {name: ${name}, schedule: '0 0 * * *', steps: [{sql: x}], wait_for: [{job: ${wait}}]}\n`;
    expect((await load(`jobs:\n${job('a', 'b')}${job('b', 'c')}${job('c', 'b')}`)).problems).toEqual([
      'TSD6001 jobs/a.yml:3:5 jobs wait for each other in a circle: b -> c -> b',
    ]);
    const twice = await load(`jobs:\n${job('a', 'a')}${job('a', 'a')}`);
    expect(twice.problems[0]).toBe('TSD6001 jobs/a.yml:3:5 job "a" is already defined in jobs/a.yml:2');
  });

  it('has a JSON Schema that knows every kind of step', async () => {
    const text = JSON.stringify(await jobsJsonSchema());
    // `npx tsdbt job schema > docs/jobs.schema.json`
    expect(JSON.parse(readFileSync('docs/jobs.schema.json', 'utf8'))).toEqual(JSON.parse(text));
    for (const word of ['schedule', 'wait_for', 'truncate', 'full_refresh', 'promises', 'post', 'defaults'])
      expect(text).toContain(`"${word}"`);
  });
});

describe("Stir's jobs", () => {
  it('are the table of the specification', async () => {
    const { jobs, problems } = await loadJobs(STIR, 'jobs');
    expect(problems).toEqual([]);
    expect(jobs.filter(({ steps }) => steps[0]?.kind !== 'post')).toHaveLength(26);
    const table = Object.fromEntries(jobs.map((job) => [job.name, [job.schedule.text, job.timeout / 60]]));
    expect(table).toMatchObject({
      dbt_recent_scl: ['*/5 * * * *', 15],
      post_ranker_partial: ['*/5 * * * *', 30],
      dbt_core: ['*/15 * * * *', 60],
      dbt_collections: ['*/30 * * * *', 180],
      dbt_staging_collections: ['*/30 * * * *', 180],
      dbt_daily: ['0 19 * * *', 360],
      dbt_weekly: ['0 6 */7 * *', 120],
      sync_leaderboard_prod: ['15 20 * * *', 240],
      sync_leaderboard_staging: ['15 20 * * *', 240],
    });
    const posting = jobs.filter(({ steps }) => steps[0]?.kind === 'post').map(({ name }) => name.split('_')[0]!);
    const counted = Object.fromEntries(
      [...new Set(posting)].map((kind) => [kind, posting.filter((one) => one === kind).length]),
    );
    expect(counted).toEqual({ instagram: 17, youtube: 12, ops: 9, assets: 7, util: 5 });
    for (const job of jobs) {
      expect(job.retry, job.name).toEqual({ times: 1, delay: 300 });
      expect(job.notify.failure, job.name).toBe(true);
      if (job.name.startsWith('sync_')) expect(job.waitFor, job.name).not.toEqual([]);
    }
  });
});
