import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HistoryEntry, type JobDefinition, loadJobs, nextStart, type StepOutcome } from '../../src/jobs/index.ts';
import { finished, type Run } from './support/runs.ts';
import { type Stage, stageOf } from './support/stage.ts';

const START = '2026-06-29T00:00:00Z';
const END = Date.parse('2026-07-06T00:00:00Z');
const HOUR = 3_600_000;

/** Minutes a job's run takes, by day of the week; the heavy batch is late on two nights, and the search page's tier once. */
const MINUTES: Readonly<Record<string, number>> = {
  dbt_recent_scl: 1,
  post_ranker_partial: 7,
  dbt_core: 11,
  dbt_collections: 24,
  dbt_staging_collections: 20,
  dbt_hourly: 15,
  post_ranker: 130,
  dbt_daily: 150,
  dbt_weekly: 60,
};
const HEAVY_NIGHTS: Readonly<Record<string, number>> = { '2026-07-01': 255, '2026-07-03': 345 };
const SLOW_CORE_FROM = Date.parse('2026-07-02T10:00:00Z');

let on: Stage;
let entries: readonly HistoryEntry[];
let runs: readonly Run[];

beforeAll(async () => {
  const { jobs } = await loadJobs(new URL('../../project/jobs', import.meta.url).pathname, 'jobs');
  // What feeds the crawler has no window and nobody waits for it.
  const batch = jobs.filter(({ steps }) => steps[0]?.kind !== 'post');
  on = stageOf(batch, START, async () => ({ ok: true, units: [], unfinished: [] }));
  const ticking = batch.map((job) => tick(job));
  await on.clock.until(Promise.all(ticking));
  entries = on.history();
  runs = finished(entries);
}, 300_000);
afterAll(() => on?.remove());

/** Cron: starts the job whenever it is due, whatever became of the run before. */
async function tick(job: JobDefinition): Promise<void> {
  const started: Promise<unknown>[] = [];
  for (let n = 0; ; n++) {
    // The windows are for the job itself to keep: cron knows nothing of them.
    const due = nextStart(job.schedule, [], on.clock.now())!;
    if (due >= END) break;
    await on.clock.sleep(due - on.clock.now());
    started.push(on.start(job.name, `${job.name}-${n}`, { runStep: (_, { signal }) => work(job, signal) }));
  }
  await Promise.all(started);
}

async function work(job: JobDefinition, signal: AbortSignal): Promise<StepOutcome> {
  await on.clock.sleep((minutesOf(job) * 60_000) / job.steps.length, signal);
  if (signal.aborted) return { ok: false, units: [], unfinished: [], message: 'stopped' };
  const models = job.promises.map(({ model }) => ({
    name: `model.gcc_social.${model}`,
    status: 'success',
    seconds: 1,
  }));
  return { ok: true, units: models, unfinished: [] };
}

function minutesOf({ name }: JobDefinition): number {
  const now = on.clock.now();
  if (name === 'dbt_daily') return HEAVY_NIGHTS[new Date(now).toISOString().slice(0, 10)] ?? MINUTES[name]!;
  if (name === 'dbt_core' && now >= SLOW_CORE_FROM && now < SLOW_CORE_FROM + HOUR) return 48;
  return MINUTES[name] ?? 4;
}

describe('a week of all 26 jobs', () => {
  it('ran every one of them', () => {
    expect(new Set(runs.map(({ job }) => job)).size).toBe(26);
    expect(runs.length).toBeGreaterThan(3000);
    expect(runs.filter(({ status }) => status !== 'success')).toEqual([]);
  });

  it('never had two runs of one job at once, and skipped some for that', () => {
    for (const { name } of on.jobs) {
      const own = runs.filter(({ job }) => job === name).sort((a, b) => a.from - b.from);
      for (const [i, run] of own.entries()) expect(run.from, name).toBeGreaterThanOrEqual(own[i - 1]?.to ?? 0);
    }
    const overlaps = entries.filter((entry) => entry.event === 'ended' && entry.skipped === 'overlap');
    expect(overlaps.some(({ job }) => job === 'post_ranker_partial')).toBe(true);
  });

  it('began no collections from 19:00 to 22:00, and began them again at 22:00', () => {
    const starts = runs.filter(({ job }) => job.endsWith('collections')).map(({ from }) => from % (24 * HOUR));
    expect(starts.filter((at) => at >= 19 * HOUR && at < 22 * HOUR)).toEqual([]);
    expect(starts.filter((at) => at === 22 * HOUR)).toHaveLength(14);
    const skipped = entries.filter((entry) => entry.event === 'ended' && entry.skipped === 'window');
    expect(skipped).toHaveLength(7 * 2 * 6);
  });

  it('pushed the leaderboard after the batch, however late that was', () => {
    const batches = runs.filter(({ job }) => job === 'dbt_daily');
    for (const name of ['sync_leaderboard_prod', 'sync_leaderboard_staging']) {
      const pushes = runs.filter(({ job }) => job === name);
      expect(pushes).toHaveLength(7);
      for (const [i, push] of pushes.entries()) {
        const lag = push.to - batches[i]!.to;
        expect(lag).toBeGreaterThan(0);
        expect(lag).toBeLessThan(6 * 60_000);
      }
    }
    expect(Math.max(...batches.map(({ from, to }) => to - from))).toBe(345 * 60_000);
  });

  it('kept the promise of the search page but once, and said so', () => {
    const built = runs.filter(({ job }) => job === 'dbt_core').map(({ to }) => to);
    const gaps = built.flatMap((at, i) => (i > 0 && at - built[i - 1]! > 30 * 60_000 ? [at] : []));
    expect(gaps.length).toBeGreaterThan(0);
    const late = on.alerts.filter(({ kind }) => kind === 'late').map(({ at }) => Date.parse(at));
    const fresh = on.alerts.filter(({ kind }) => kind === 'fresh').map(({ at }) => Date.parse(at));
    expect(late).toHaveLength(gaps.length);
    expect(fresh).toHaveLength(gaps.length);
    for (const [i, at] of gaps.entries()) {
      expect(late[i]!).toBeLessThan(at);
      expect(fresh[i]! - at).toBeLessThan(60_000);
    }
    expect(on.alerts.filter(({ kind }) => kind === 'failure')).toEqual([]);
  });
});
