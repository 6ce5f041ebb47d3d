import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TsdbtError, throwProblems } from '../error/index.ts';
import type { Alert, Clock, History, JobDefinition, JobEvent, JobResult, LockStore } from '../jobs/index.ts';
import type { Project } from '../model/index.ts';
import type { Request } from './request.ts';

/** Milliseconds after which a run that has not renewed its lock is taken for dead, and how often it renews. */
export const LEASE_MS = 120_000;
export const RENEW_MS = 30_000;

/** What jobs know and keep, below `.tsdbt/jobs`. */
export interface JobState {
  readonly jobs: readonly JobDefinition[];
  readonly clock: Clock;
  readonly locks: LockStore;
  readonly history: History;
}

export async function openJobs(project: Project): Promise<JobState> {
  const { fileHistory, fileLocks, loadJobs, realClock } = await import('../jobs/index.ts');
  const { jobs, problems } = await loadJobs(join(project.root.root, 'jobs'), 'jobs');
  throwProblems(problems);
  const dir = join(project.statePath, 'jobs');
  return {
    jobs,
    clock: realClock(project.invocation.now),
    // A lease is between processes, which agree about the machine's time and not about TSDBT_NOW.
    locks: fileLocks({ dir: join(dir, 'locks'), lease: LEASE_MS, now: Date.now }),
    history: fileHistory(join(dir, 'history')),
  };
}

export function jobNamed(jobs: readonly JobDefinition[], name: string): JobDefinition {
  const found = jobs.find((job) => job.name === name);
  if (found !== undefined) return found;
  throw new TsdbtError({
    code: 'TSD9001',
    message: `There is no job named '${name}'`,
    hint: jobs.length === 0 ? 'jobs/*.yml define none.' : `There are: ${jobs.map((job) => job.name).join(', ')}.`,
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

/** A file for node_exporter's textfile collector, and the push gateway of TSDBT_PUSHGATEWAY_URL; neither makes a job fail. */
export async function publishMetrics(
  request: Request,
  project: Project,
  { clock, history }: JobState,
  result: JobResult,
): Promise<void> {
  const { metricsText, post } = await import('../jobs/index.ts');
  const good = history
    .since(result.endedAt - 8 * 86_400_000)
    .findLast((entry) => entry.job === result.job && entry.event === 'ended' && entry.status === 'success');
  const text = metricsText(result, good === undefined ? undefined : Date.parse(good.at));
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
