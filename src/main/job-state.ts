import { randomUUID } from 'node:crypto';
import type { HistoryEntry } from '../jobs/index.ts';
import { showDuration } from '../util/duration.ts';
import { shareState } from './job-shared.ts';
import { alerter, type JobState, jobNamed, openJobs, tellJob } from './job-world.ts';
import { readProject } from './open-project.ts';
import type { Request } from './request.ts';

type Ended = Extract<HistoryEntry, { event: 'ended' }>;

const DAY_MS = 86_400_000;

/** `job status`: for each job how its last run ended, whether it runs now, and when it is due next. */
export async function jobStatus(request: Request): Promise<number> {
  return withShared(request, async (state) => statusLines(request, state));
}

async function statusLines(request: Request, { jobs, clock, locks, history }: JobState): Promise<number> {
  const { nextStart } = await import('../jobs/index.ts');
  const entries = history.since(clock.now() - 8 * DAY_MS);
  const width = Math.max(0, ...jobs.map(({ name }) => name.length));
  for (const job of jobs) {
    const last = entries.filter(isRun).findLast((entry) => entry.job === job.name);
    const holder = await locks.holder(job.name);
    const now = holder === undefined ? '' : `, running since ${holder.since} (pid ${holder.pid} on ${holder.host})`;
    const next = new Date(nextStart(job.schedule, job.skip, clock.now())!).toISOString();
    print(
      request,
      `${job.name.padEnd(width)}  ${last === undefined ? 'no run yet' : describe(last)}${now}, next ${next}`,
    );
  }
  return 0;
}

/** `job history [NAME]`: the runs of the last `--days`, oldest first; as JSON lines with everything written down. */
export async function jobHistory(request: Request, name: string | undefined): Promise<number> {
  return withShared(request, async (state) => historyLines(request, state, name));
}

function historyLines(request: Request, { jobs, clock, history }: JobState, name: string | undefined): number {
  if (name !== undefined) jobNamed(jobs, name);
  const days = Number(request.given['days'] ?? 7) || 7;
  const entries = history.since(clock.now() - days * DAY_MS).filter(({ job }) => name === undefined || job === name);
  if (request.given['output'] === 'json') for (const entry of entries) print(request, JSON.stringify(entry));
  else for (const entry of entries) if (entry.event === 'ended') print(request, `${entry.job}  ${describe(entry)}`);
  return 0;
}

/** `job freshness`: how old each promised model is; 1 and an alert where one is late. */
export async function jobFreshness(request: Request): Promise<number> {
  return withShared(request, async (state) => freshnessLines(request, state));
}

async function freshnessLines(request: Request, state: JobState): Promise<number> {
  const { alertLate, freshnessOf } = await import('../jobs/index.ts');
  const { jobs, clock, history } = state;
  const promises = jobs.flatMap((job) => job.promises);
  const now = clock.now();
  for (const { model, within, builtAt, late } of freshnessOf(promises, history.since(now - 8 * DAY_MS), now)) {
    const age = builtAt === undefined ? 'never built by a job' : `${showDuration((now - builtAt) / 1000)} old`;
    print(request, `${late ? 'LATE' : 'ok  '}  ${model}  ${age}, promised within ${showDuration(within)}`);
  }
  const world = { ...state, emit: tellJob(request), alert: alerter(request, clock) };
  return (await alertLate(jobs, world, randomUUID())).length === 0 ? 0 : 1;
}

async function withShared(request: Request, tell: (state: JobState) => Promise<number>): Promise<number> {
  const project = await readProject(request);
  const { state, close } = await shareState(request, project, await openJobs(project));
  try {
    return await tell(state);
  } finally {
    await close();
  }
}

function isRun(entry: HistoryEntry): entry is Ended {
  return entry.event === 'ended' && entry.status !== 'skipped';
}

function describe(entry: Ended): string {
  const { at, status, skipped, seconds, rows, message } = entry;
  const why = skipped === undefined ? '' : ` (${skipped})`;
  return `${at}  ${status}${why} after ${showDuration(seconds)}, ${rows} rows${message === undefined ? '' : `: ${message}`}`;
}

function print(request: Request, msg: string): void {
  request.emit({ name: 'PrintEvent', data: { msg } });
}
