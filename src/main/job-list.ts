import type { Post } from '../jobs/index.ts';
import { showDuration } from '../util/duration.ts';
import { jobNamed, openJobs } from './job-world.ts';
import { readProject } from './open-project.ts';
import type { Request } from './request.ts';

/** `job ls`: a line for each job. */
export async function jobList(request: Request): Promise<number> {
  const { jobs } = await openJobs(await readProject(request));
  const { showStep } = await import('../jobs/index.ts');
  const name = Math.max(0, ...jobs.map((job) => job.name.length));
  const cron = Math.max(0, ...jobs.map(({ schedule }) => schedule.text.length));
  for (const job of jobs) {
    const steps = job.steps.map(showStep).join('; ');
    print(request, `${job.name.padEnd(name)}  ${job.schedule.text.padEnd(cron)}  ${steps}`);
  }
  return 0;
}

/** `job show NAME`: all that its definition means, defaults filled in. */
export async function jobShow(request: Request, name: string): Promise<number> {
  const { jobs } = await openJobs(await readProject(request));
  const { showStep, showWindow } = await import('../jobs/index.ts');
  const job = jobNamed(jobs, name);
  const lines = [
    ['job', job.name],
    ['description', job.description],
    ['defined', `${job.at.file}:${job.at.line}`],
    ['schedule', `${job.schedule.text} ${job.schedule.zone}`],
    ...job.skip.map((window) => ['not begun', showWindow(window)]),
    ...job.waitFor.map((wait) => [
      'waits for',
      `${wait.kind === 'job' ? `job ${wait.job}` : `model ${wait.model} within ${showDuration(wait.within)}`}, at most ${showDuration(wait.limit)}`,
    ]),
    ...job.steps.flatMap((step) => [
      ['step', showStep(step)],
      ...(step.kind === 'post' ? [['', showPost(step.post)]] : []),
    ]),
    ['time limit', showDuration(job.timeout)],
    ['retries', job.retry.times === 0 ? 'none' : `${job.retry.times}, each after ${showDuration(job.retry.delay)}`],
    ...job.promises.map(({ model, within }) => ['promise', `${model} within ${showDuration(within)}`]),
  ] as const;
  for (const [label, text] of lines) if (text !== '') print(request, `${label!.padEnd(12)} ${text}`);
  return 0;
}

/** How a post goes, in a line. */
function showPost({ batch, rate, limit, key }: Post): string {
  const pace = rate === undefined ? '' : `, ${Number((rate * 60).toFixed(2))} rows a minute`;
  return `${batch} rows a request${pace}, ${limit} new rows a run at most, each ${key.join(' + ')} once`;
}

/** `job next [NAMES...]`: when each job is due next, outside its skip windows, soonest first. */
export async function jobNext(request: Request, names: readonly string[]): Promise<number> {
  const { jobs, clock } = await openJobs(await readProject(request));
  const { nextStart } = await import('../jobs/index.ts');
  const chosen = names.length === 0 ? jobs : names.map((name) => jobNamed(jobs, name));
  const due = chosen.map((job) => [nextStart(job.schedule, job.skip, clock.now())!, job.name] as const);
  for (const [at, name] of due.sort(([a], [b]) => a - b)) print(request, `${iso(at)}  ${name}`);
  return 0;
}

/** `job schema`: JSON Schema of jobs/*.yml, for editors. */
export async function jobSchema(request: Request): Promise<number> {
  const { jobsJsonSchema } = await import('../jobs/index.ts');
  print(request, JSON.stringify(await jobsJsonSchema(), null, 2));
  return 0;
}

function iso(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

function print(request: Request, msg: string): void {
  request.emit({ name: 'PrintEvent', data: { msg } });
}
