import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HistoryEntry, type JobDefinition, nextStart } from '../../../src/jobs/index.ts';
import type { CrawlerOptions } from '../support/crawler.ts';
import { finished, type Run } from '../support/runs.ts';
import { type Stage, stageOf } from '../support/stage.ts';
import { type Stir, startStir } from './stir.ts';

// All 76 jobs in earnest. `npm run soak:jobs`: six hours of 200 accounts, in which the heavy batch begins and overruns the collections' window.
const HOURS = Number(process.env['TSDBT_JOB_HOURS'] ?? 0.2);
const ACCOUNTS = Number(process.env['TSDBT_JOB_ACCOUNTS'] ?? 30);
const HOUR = 3_600_000;
const START = HOURS < 1 ? '2026-06-30T18:50:00Z' : '2026-06-30T18:00:00Z';
const END = Date.parse(START) + HOURS * HOUR;

/** Minutes of the given clock that a run takes, whatever it takes in earnest: the batch ends at 23:15. */
const MINUTES: Readonly<Record<string, number>> = {
  dbt_recent_scl: 1,
  post_ranker_partial: 7,
  dbt_core: 11,
  dbt_collections: 24,
  dbt_staging_collections: 20,
  dbt_hourly: 15,
  dbt_daily: 255,
};
/** Once the search page's tier takes longer than its promise allows. */
const SLOW_CORE_FROM = Date.parse('2026-06-30T20:30:00Z');

let stir: Stir;
let on: Stage;
let entries: readonly HistoryEntry[];
let runs: readonly Run[];

beforeAll(async () => {
  stir = await startStir({ accounts: ACCOUNTS, days: 30, start: START, crawler: { fault: firstFails() } });
}, 900_000);
afterAll(async () => {
  on?.remove();
  await stir?.remove();
}, 60_000);

/** Each batch's first answer is a fault, but for every fourth. */
function firstFails(): CrawlerOptions['fault'] {
  const seen = new Set<string>();
  return ({ key }, n) => {
    if (seen.has(key)) return undefined;
    seen.add(key);
    return (['error', 'busy', 'lost', undefined] as const)[n % 4];
  };
}

/** Of a few creators none may be of such a kind at that hour. */
const MAY_BE_EMPTY = [
  'instagram_profiles_all',
  'instagram_profiles_private',
  'instagram_profiles_rising',
  'instagram_profiles_new',
  'youtube_channels_all',
  'youtube_channels_new',
  'youtube_channels_hidden',
  'ops_expire_stuck_requests',
  'ops_forget_credentials',
  'ops_announce_campaign_ends',
  'ops_close_share_links',
];

it('each of the 50 jobs sends its rows, each once, through a service that fails at first', async () => {
  const posting = stir.jobs.filter(({ steps }) => steps[0]?.kind === 'post');
  expect(posting).toHaveLength(50);
  const now = Date.parse(START);
  const { signal } = new AbortController();
  for (const job of posting) {
    const before = stir.crawler.done.length;
    const [step] = job.steps;
    const outcome = await stir.run(job, step!, now, signal);
    expect(outcome, job.name).toMatchObject({ ok: true });
    const sent = stir.crawler.done.slice(before);
    expect(sent.length, job.name).toBe(outcome.units[0]!.rows);
    if (!MAY_BE_EMPTY.includes(job.name)) expect(sent.length, job.name).toBeGreaterThan(0);
    const key = step!.kind === 'post' ? step!.post.key : [];
    const keys = sent.map(({ row }) => JSON.stringify(key.map((column) => row[column])));
    expect(new Set(keys).size, job.name).toBe(keys.length);
  }
  const [ledger] = await stir.rows("select count(), countIf(state = 'sent') from tsdbt.delivery_ledger final");
  expect(ledger).toEqual([stir.crawler.done.length, stir.crawler.done.length]);
  for (const { headers } of stir.crawler.requests) expect(headers.authorization).toBe('Bearer very-secret');
}, 240_000);

/** All jobs by their cron, from the start to the end. */
async function simulate(): Promise<void> {
  on = stageOf(stir.jobs, START, async () => ({ ok: true, units: [], unfinished: [] }));
  await on.clock.until(Promise.all([...stir.jobs.map(tick), timePasses()]));
  entries = on.history();
  runs = finished(entries);
}

/** Cron: starts the job whenever it is due, whatever became of the run before. */
async function tick(job: JobDefinition): Promise<void> {
  const started: Promise<unknown>[] = [];
  for (let n = 0; ; n++) {
    const due = nextStart(job.schedule, [], on.clock.now())!;
    if (due >= END) break;
    await on.clock.sleep(due - on.clock.now());
    started.push(on.start(job.name, `${job.name}-${n}`, { runStep: (step, { signal }) => work(job, step, signal) }));
  }
  await Promise.all(started);
}

/** In the sources it is always the hour that the clock shows. */
async function timePasses(): Promise<void> {
  for (let hour = Date.parse(START) + HOUR; hour < END; hour += HOUR) {
    await on.clock.sleep(hour - 1000 - on.clock.now());
    await on.clock.during(stir.advance(1));
    process.stdout.write(
      `${new Date(hour).toISOString().slice(11, 16)} after ${Math.round(performance.now() / 1000)} s\n`,
    );
  }
}

async function work(job: JobDefinition, step: JobDefinition['steps'][number], signal: AbortSignal) {
  const outcome = await on.clock.during(stir.run(job, step, on.clock.now(), signal));
  await on.clock.sleep((minutesOf(job) * 60_000) / job.steps.length, signal);
  return signal.aborted ? { ok: false, units: [], unfinished: [], message: 'stopped' } : outcome;
}

function minutesOf({ name }: JobDefinition): number {
  const isSlow = name === 'dbt_core' && on.clock.now() >= SLOW_CORE_FROM && on.clock.now() < SLOW_CORE_FROM + HOUR / 2;
  return isSlow ? 48 : (MINUTES[name] ?? 2);
}

describe(`${HOURS} hours of all jobs with their real runs on ${ACCOUNTS} accounts`, () => {
  beforeAll(simulate, 3_600_000);

  it('began what was due, and all of it succeeded', () => {
    const due = stir.jobs.filter((job) => nextStart(job.schedule, [], Date.parse(START))! < END);
    const begun = new Set(entries.map(({ job }) => job));
    expect(due.map(({ name }) => name).filter((name) => !begun.has(name))).toEqual([]);
    const bad = entries.filter((entry) => entry.event === 'ended' && !['success', 'skipped'].includes(entry.status));
    expect(bad).toEqual([]);
    const nodes = entries.flatMap((entry) => (entry.event === 'step' ? entry.units : []));
    expect(nodes.filter(({ status }) => !['success', 'dead'].includes(status))).toEqual([]);
    process.stdout.write(`${runs.length} runs, ${nodes.length} nodes, ${stir.crawler.done.length} rows sent\n`);
  });

  it('never had two runs of one job at once', () => {
    for (const { name } of stir.jobs) {
      const own = runs.filter(({ job }) => job === name).sort((a, b) => a.from - b.from);
      for (const [i, run] of own.entries()) expect(run.from, name).toBeGreaterThanOrEqual(own[i - 1]?.to ?? 0);
    }
  });

  it('left the evening to the heavy batch', () => {
    const evening = [Date.parse('2026-06-30T19:00:00Z'), Date.parse('2026-06-30T22:00:00Z')] as const;
    const silent = runs.filter(({ job }) => ['dbt_collections', 'dbt_staging_collections'].includes(job));
    expect(silent.filter(({ from }) => from >= evening[0] && from < evening[1])).toEqual([]);
    if (HOURS >= 6) expect(silent.filter(({ from }) => from === evening[1])).toHaveLength(2);
    expect(runs.filter(({ job }) => job === 'dbt_daily').map(({ from }) => from)).toEqual([evening[0]]);
  });

  it.runIf(HOURS >= 3)('pushed the leaderboard after the batch, however late that was', () => {
    const [batch] = runs.filter(({ job }) => job === 'dbt_daily');
    for (const name of ['sync_leaderboard_prod', 'sync_leaderboard_staging']) {
      const [push, ...more] = runs.filter(({ job }) => job === name);
      expect(more).toEqual([]);
      expect(push!.to, name).toBeGreaterThan(batch!.to);
      expect(push!.to - batch!.to, name).toBeLessThan(6 * 60_000);
    }
  });

  it('kept every promise, or said that it did not', () => {
    const built = runs.filter(({ job }) => job === 'dbt_core').map(({ to }) => to);
    const times = [Date.parse(START), ...built];
    const gaps = times.slice(1).filter((at, i) => at - times[i]! > HOUR / 2);
    // Afterwards nobody starts anything, and the batch still runs.
    const told = on.alerts.filter(({ at }) => Date.parse(at) < END);
    expect(told.filter(({ kind }) => kind === 'late')).toHaveLength(gaps.length);
    if (HOURS >= 6) expect(gaps.length).toBeGreaterThan(0);
    expect(told.filter(({ kind }) => !['late', 'fresh'].includes(kind))).toEqual([]);
  });

  it('sent each row once', async () => {
    const [counted] = await stir.rows(
      "select count(), countIf(state != 'sent'), uniqExact(delivery, key) from tsdbt.delivery_ledger final",
    );
    expect(counted).toEqual([stir.crawler.done.length, 0, stir.crawler.done.length]);
  });
});
