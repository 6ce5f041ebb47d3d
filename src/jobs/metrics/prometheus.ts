import type { JobResult } from '../run/types.ts';

const STATUSES = ['success', 'failed', 'timeout', 'interrupted', 'lost', 'skipped'] as const;

/** A job's last run in Prometheus's text format. `lastSuccess`: when one last ended well, milliseconds since 1970. */
export function metricsText(result: JobResult, lastSuccess: number | undefined): string {
  const job = `job_name="${result.job}"`;
  const seconds = (result.endedAt - result.startedAt) / 1000;
  const one = (name: string, help: string, value: number): string[] => [
    `# HELP tsdbt_job_${name} ${help}`,
    `# TYPE tsdbt_job_${name} gauge`,
    `tsdbt_job_${name}{${job}} ${value}`,
  ];
  const lines = [
    ...one('last_end_timestamp_seconds', 'When the last run ended.', result.endedAt / 1000),
    ...(lastSuccess === undefined
      ? []
      : one('last_success_timestamp_seconds', 'When a run last succeeded.', lastSuccess / 1000)),
    ...one('last_duration_seconds', 'How long the last run took, waiting and retries included.', seconds),
    ...one('last_attempts', 'Tries of the last run.', result.attempts),
    ...one('last_rows', 'Rows that the last run wrote.', result.rows),
    ...one('last_bytes', 'Bytes that the last run wrote.', result.bytes),
    ...one('last_failed_nodes', 'Nodes that failed in the last run.', result.failed.length),
    ...one('last_dead_letters', 'Rows that a service refused in the last run.', result.dead.length),
    '# HELP tsdbt_job_last_status How the last run ended: 1 for the status it has.',
    '# TYPE tsdbt_job_last_status gauge',
    ...STATUSES.map((status) => `tsdbt_job_last_status{${job},status="${status}"} ${status === result.status ? 1 : 0}`),
  ];
  return `${lines.join('\n')}\n`;
}
