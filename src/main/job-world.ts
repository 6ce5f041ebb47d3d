import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { TsdbtError, throwProblems } from '../error/index.ts';
import type { Alert, Clock, History, JobDefinition, JobEvent, JobResult, LockStore } from '../jobs/index.ts';
import type { Project } from '../model/index.ts';
import { namesLike } from '../util/nearest.ts';
import type { Request } from './request.ts';

/** Milliseconds after which a run that has not renewed its lock is taken for dead: TSDBT_LOCK_SECONDS, or two minutes. */
export function leaseOf({ env }: Request): number {
  const given = env['TSDBT_LOCK_SECONDS'];
  const seconds = given === undefined || given === '' ? 120 : Number(given);
  if (seconds >= 4 && seconds <= 86_400) return seconds * 1000;
  throw new TsdbtError({
    code: 'TSD9001',
    message: `TSDBT_LOCK_SECONDS is '${given}'`,
    hint: 'Seconds from 4 to 86400: how long the lock of a run holds that nobody renews.',
  });
}

/** What jobs know and keep, below `.tsdbt/jobs`. */
export interface JobState {
  readonly jobs: readonly JobDefinition[];
  readonly clock: Clock;
  readonly locks: LockStore;
  readonly history: History;
}

export async function openJobs(project: Project, lease: number = 120_000): Promise<JobState> {
  const { fileHistory, fileLocks, loadJobs, realClock } = await import('../jobs/index.ts');
  const { jobs, problems } = await loadJobs(join(project.root.root, 'jobs'), 'jobs');
  throwProblems(problems);
  const dir = join(project.statePath, 'jobs');
  return {
    jobs,
    clock: realClock(project.invocation.now),
    // A lease is between processes, which agree about the machine's time and not about TSDBT_NOW.
    locks: fileLocks({ dir: join(dir, 'locks'), lease, now: Date.now, uptime }),
    history: fileHistory(join(dir, 'history')),
  };
}

export function jobNamed(jobs: readonly JobDefinition[], name: string): JobDefinition {
  const found = jobs.find((job) => job.name === name);
  if (found !== undefined) return found;
  throw new TsdbtError({
    code: 'TSD9001',
    message: `There is no job named '${name}'`,
    hint:
      jobs.length === 0
        ? 'jobs/*.yml define none.'
        : namesLike(
            jobs.map((job) => job.name),
            name,
          ),
  });
}

export function tellJob(request: Request): (event: JobEvent) => void {
  return ({ level, ...data }) => request.emit({ name: 'JobPhase', level, data });
}

/** Alerts go to the webhook of DBT_ENV_SECRET_SLACK_WEBHOOK; without one they stay in the log. */
export function alerter({ env }: Request, clock: Clock): (alert: Alert) => Promise<string | undefined> {
  return async (alert) => {
    const url = env['DBT_ENV_SECRET_SLACK_WEBHOOK'];
    if (url === undefined || url === '') return 'DBT_ENV_SECRET_SLACK_WEBHOOK is not set';
    const { post, slackMessage } = await import('../jobs/index.ts');
    const body = JSON.stringify(slackMessage(alert, env['TSDBT_LOG_URL']));
    return post(url, { contentType: 'application/json', body, sleep: (ms) => clock.sleep(ms) });
  };
}

/** Metrics of some jobs, out of the history; with their locks where `isLive`. */
export async function observe(state: JobState, jobs: readonly JobDefinition[], isLive: boolean): Promise<string> {
  const { freshnessOf, lastRuns, metricsText } = await import('../jobs/index.ts');
  const now = state.clock.now();
  const entries = state.history.since(now - 8 * 86_400_000);
  const names = jobs.map(({ name }) => name);
  const promised = jobs.flatMap(({ promises }) => promises);
  const running: { readonly job: string; readonly isRunning: boolean }[] = [];
  for (const job of isLive ? names : []) {
    running.push({ job, isRunning: (await state.locks.holder(job)) !== undefined });
  }
  return metricsText({ runs: lastRuns(entries, names), promises: freshnessOf(promised, entries, now), running, now });
}

/** A file for node_exporter's textfile collector, and the push gateway of TSDBT_PUSHGATEWAY_URL; neither makes a job fail. */
export async function publishMetrics(
  request: Request,
  project: Project,
  state: JobState,
  result: JobResult,
): Promise<void> {
  const { post } = await import('../jobs/index.ts');
  const { clock } = state;
  const text = await observe(
    state,
    state.jobs.filter(({ name }) => name === result.job),
    false,
  );
  const warn = (problem: string): void =>
    request.emit({ name: 'ValidationWarning', data: { msg: `Metrics of job ${result.job}: ${problem}` } });
  const dir = request.env['TSDBT_METRICS_DIR'] || join(project.statePath, 'jobs/metrics');
  try {
    mkdirSync(dir, { recursive: true });
    const path = join(dir, `${result.job}.prom`);
    writeFileSync(`${path}.${process.pid}`, text);
    renameSync(`${path}.${process.pid}`, path);
  } catch (error) {
    warn((error as Error).message);
  }
  const gateway = request.env['TSDBT_PUSHGATEWAY_URL'];
  if (gateway === undefined || gateway === '') return;
  const url = `${gateway.replace(/\/+$/, '')}/metrics/job/tsdbt/job_name/${encodeURIComponent(result.job)}`;
  const sleep = (ms: number): Promise<void> => clock.sleep(ms);
  const problem = await post(url, { method: 'PUT', contentType: 'text/plain; version=0.0.4', body: text, sleep });
  if (problem !== undefined) warn(`the push gateway did not take them: ${problem}`);
}
