import type { CommandSpec } from '../command.ts';
import {
  AGAIN,
  DAYS,
  DEAD,
  DRY_RUN,
  EXPORT_COMMAND,
  EXPORT_DIR,
  EXPORT_FORMAT,
  EXPORT_IMAGE,
  EXPORT_RUN_DIR,
  SKIPS_SUCCEED,
  TEXT_OR_JSON,
} from '../options.ts';
import { withReporter } from '../run-command.ts';

const NAME = { name: '<name>', description: 'name of a job in jobs/*.yml' };

export const jobRun: CommandSpec = {
  name: 'job run',
  description:
    'Run a job: 0 done, 1 failed, 2 interrupted, 97 waited in vain, 98 already running, 99 skip window, 124 time limit.',
  arguments: [NAME],
  options: [DRY_RUN, SKIPS_SUCCEED],
  run: (invocation) => withReporter(invocation, (main, request) => main.jobRun(request, invocation.positional[0]!)),
};

export const jobLs: CommandSpec = {
  name: 'job ls',
  description: 'List the jobs of the project.',
  options: [],
  run: (invocation) => withReporter(invocation, (main, request) => main.jobList(request)),
};

export const jobShow: CommandSpec = {
  name: 'job show',
  description: 'Show what a job means, defaults filled in.',
  arguments: [NAME],
  options: [],
  run: (invocation) => withReporter(invocation, (main, request) => main.jobShow(request, invocation.positional[0]!)),
};

export const jobNext: CommandSpec = {
  name: 'job next',
  description: 'Show when jobs are due next.',
  arguments: [{ name: '[names...]', description: 'names of jobs; all of them where none is given' }],
  options: [],
  run: (invocation) => withReporter(invocation, (main, request) => main.jobNext(request, invocation.positional)),
};

export const jobStatus: CommandSpec = {
  name: 'job status',
  description: 'Show how the last run of each job ended.',
  options: [],
  run: (invocation) => withReporter(invocation, (main, request) => main.jobStatus(request)),
};

export const jobHistory: CommandSpec = {
  name: 'job history',
  description: 'List the runs of the last days.',
  arguments: [{ name: '[name]', description: 'only this job' }],
  options: [DAYS, TEXT_OR_JSON],
  run: (invocation) => withReporter(invocation, (main, request) => main.jobHistory(request, invocation.positional[0])),
};

export const jobFreshness: CommandSpec = {
  name: 'job freshness',
  description: 'Check the promised ages of models: 1 and an alert where one is late.',
  options: [],
  run: (invocation) => withReporter(invocation, (main, request) => main.jobFreshness(request)),
};

/** The same by the name of what it is about. */
export const freshnessCheck: CommandSpec = { ...jobFreshness, name: 'freshness check' };

export const jobDeliveries: CommandSpec = {
  name: 'job deliveries',
  description: 'Show what jobs have sent to services, and the rows that were given up.',
  arguments: [{ name: '[name]', description: 'only this delivery: the name of its job, or of its step' }],
  options: [DEAD, AGAIN, TEXT_OR_JSON],
  run: (invocation) =>
    withReporter(invocation, (main, request) => main.jobDeliveries(request, invocation.positional[0])),
};

export const jobValidate: CommandSpec = {
  name: 'job validate',
  description: 'Check all definitions against the project.',
  options: [],
  run: (invocation) => withReporter(invocation, (main, request) => main.jobValidate(request)),
};

export const jobSchema: CommandSpec = {
  name: 'job schema',
  description: 'Print the JSON Schema of jobs/*.yml.',
  options: [],
  run: (invocation) => withReporter(invocation, (main, request) => main.jobSchema(request)),
};

export const jobExport: CommandSpec = {
  name: 'job export',
  description: 'Write what a scheduler needs to start the jobs: Airflow, crontab, systemd, Kubernetes, GitHub Actions.',
  arguments: [{ name: '[names...]', description: 'names of jobs; all of them where none is given' }],
  options: [EXPORT_FORMAT, EXPORT_COMMAND, EXPORT_RUN_DIR, EXPORT_IMAGE, EXPORT_DIR],
  run: (invocation) => withReporter(invocation, (main, request) => main.jobExport(request, invocation.positional)),
};
