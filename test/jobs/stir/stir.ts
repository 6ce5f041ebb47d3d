import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ensureServer, openDriver } from '../../../src/adapter/index.ts';
import { type Clock, type JobDefinition, loadJobs, type Step, type StepOutcome } from '../../../src/jobs/index.ts';
import { stepRunner } from '../../../src/main/job-step.ts';
import type { Request } from '../../../src/main/request.ts';
import { type Checkout, checkout } from '../../e2e/checkout.ts';
import { succeed } from '../../soak/support.ts';
import { type Crawler, type CrawlerOptions, startCrawler } from '../support/crawler.ts';

/** The reference project with data of its own, its services, and its jobs' steps run in this process as `job run` runs them. */
export interface Stir {
  readonly project: Checkout;
  readonly jobs: readonly JobDefinition[];
  readonly crawler: Crawler;
  /** One step of a job in earnest, at a moment (milliseconds since 1970). */
  run(job: JobDefinition, step: Step, now: number, signal: AbortSignal): Promise<StepOutcome>;
  /** Lets so many hours pass in the sources. */
  advance(hours: number): Promise<void>;
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  remove(): Promise<void>;
}

export interface StirOptions {
  readonly accounts: number;
  readonly days: number;
  /** The data's end, ISO 8601. */
  readonly start: string;
  readonly crawler?: CrawlerOptions;
}

/** Seconds pass at once: what a service is given to breathe is not what is tested here. */
function leaping(start: number): Clock {
  let now = start;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += Math.max(0, ms);
    },
  };
}

export async function startStir({ accounts, days, start, crawler: options }: StirOptions): Promise<Stir> {
  const project = checkout();
  const home = join(project.dir, 'project');
  const server = await ensureServer({ dataDir: join(home, '.tsdbt/clickhouse'), label: 'the test' });
  const driver = await openDriver({ ...server, schema: 'dbt' }, { threads: 1, singleServer: true });
  const crawler = await startCrawler(options);
  const services = ['CRAWLER', 'UPLOADS', 'COFFEE'].map((name) => [
    `${name}_URL`,
    `${crawler.url}/${name.toLowerCase()}`,
  ]);
  const env = { ...process.env, ...Object.fromEntries(services), DBT_ENV_SECRET_SERVICE_TOKEN: 'very-secret' };
  const first = `{as_of: "${asOf(Date.parse(start))}"}`;
  const args = `{accounts: ${accounts}, days: ${days}, seed: 11}`;
  await succeed(project, 'run-operation', 'generate_sources', '--args', args, '--vars', first);
  await succeed(project, 'run', '--vars', first);
  const { jobs, problems } = await loadJobs(join(home, 'jobs'), 'jobs');
  if (problems.length > 0) throw problems[0];
  return {
    project,
    jobs,
    crawler,
    run(job, step, now, interrupted) {
      const request: Request = {
        which: 'job run',
        given: { vars: `{as_of: "${asOf(now)}"}` },
        argv: ['job', 'run', job.name],
        cwd: project.dir,
        env,
        invocationId: randomUUID(),
        emit: () => {},
        opened: () => {},
        interrupted,
      };
      const options = { only: undefined, signal: interrupted, runId: randomUUID() };
      return stepRunner(request, { clock: leaping(now) })(step, options);
    },
    advance: (hours) => succeed(project, 'run-operation', 'advance', '--args', `{hours: ${hours}}`),
    rows: async (sql) => (await driver.query(sql)).rows,
    async remove() {
      await crawler.close();
      await driver.close();
      await server.release();
      await project.remove();
    },
  };
}

/** As the project's variable has it: seconds, UTC. */
export function asOf(now: number): string {
  return new Date(now).toISOString().slice(0, 19).replace('T', ' ');
}
