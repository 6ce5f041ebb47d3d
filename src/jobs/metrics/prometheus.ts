import type { Freshness } from '../plan/freshness.ts';
import type { RunEnd } from '../types.ts';
import type { LastRun } from './last-run.ts';

const STATUSES: readonly RunEnd[] = ['success', 'failed', 'timeout', 'interrupted', 'lost', 'skipped'];

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Observed {
  /** How each job's last run ended. */
  readonly runs: readonly LastRun[];
  /** How the promises stand. */
  readonly promises: readonly Freshness[];
  /** Jobs that run now, where that is known. */
  readonly running?: readonly { readonly job: string; readonly isRunning: boolean }[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What is known of jobs in Prometheus's text format. */
export function metricsText({ runs, promises, running = [], now }: Observed): string {
  const ofRuns = (name: string, help: string, value: (run: LastRun) => number | undefined): string[] =>
    family(
      `tsdbt_job_${name}`,
      help,
      runs.flatMap((run) => sample({ job_name: run.job }, value(run))),
    );
  const ofPromises = (name: string, help: string, value: (promise: Freshness) => number | undefined): string[] =>
    family(
      `tsdbt_model_${name}`,
      help,
      promises.flatMap((promise) => sample({ model: promise.model }, value(promise))),
    );
  const lines = [
    ...ofRuns('last_end_timestamp_seconds', 'When the last run ended.', ({ endedAt }) => endedAt / 1000),
    ...ofRuns('last_success_timestamp_seconds', 'When a run last succeeded.', ({ lastSuccess }) =>
      lastSuccess === undefined ? undefined : lastSuccess / 1000,
    ),
    ...ofRuns('last_duration_seconds', 'How long the last run took, its wait and retries in it.', (run) => run.seconds),
    ...ofRuns('last_attempts', 'Tries of the last run.', ({ attempts }) => attempts),
    ...ofRuns('last_rows', 'Rows that the last run wrote.', ({ rows }) => rows),
    ...ofRuns('last_bytes', 'Bytes that the last run wrote.', ({ bytes }) => bytes),
    ...ofRuns('last_failed_nodes', 'Nodes that failed in the last run.', ({ failed }) => failed),
    ...ofRuns('last_dead_letters', 'Rows that a service refused in the last run.', ({ dead }) => dead),
    ...family(
      'tsdbt_job_last_status',
      'How the last run ended: 1 for the status it has.',
      runs.flatMap(({ job, status }) =>
        STATUSES.map((one) => ({ labels: { job_name: job, status: one }, value: one === status ? 1 : 0 })),
      ),
    ),
    ...family(
      'tsdbt_job_running',
      'Whether it runs now.',
      running.map(({ job, isRunning }) => ({ labels: { job_name: job }, value: isRunning ? 1 : 0 })),
    ),
    ...ofPromises('age_seconds', 'How long ago a promised model was built.', ({ builtAt }) =>
      builtAt === undefined ? undefined : Math.max(0, (now - builtAt) / 1000),
    ),
    ...ofPromises('promised_seconds', 'How old a model may become.', ({ within }) => within),
    ...ofPromises('late', 'Whether a model is older than promised.', ({ late }) => (late ? 1 : 0)),
  ];
  return `${lines.join('\n')}\n`;
}

function sample(labels: Sample['labels'], value: number | undefined): Sample[] {
  return value === undefined ? [] : [{ labels, value }];
}

/** All samples of a name stand together; a name without samples is left out. */
function family(name: string, help: string, samples: readonly Sample[]): string[] {
  if (samples.length === 0) return [];
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...samples.map(({ labels, value }) => {
      const shown = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
      return `${name}{${shown.join(',')}} ${value}`;
    }),
  ];
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
