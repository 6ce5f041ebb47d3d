import type { JobRun, JobsData, JobView } from '../format/operations.ts';
import { list, number, record, text, texts } from './loose.ts';

/** So many runs of all jobs are shown. */
const SHOWN = 1000;

export function jobsOf(value: unknown): JobsData | undefined {
  const given = record(value);
  const jobs = list(given['jobs']).map(record);
  if (jobs.length === 0) return undefined;
  const asOf = text(given['asOf']);
  const runs = list(given['runs'])
    .map(record)
    .filter((one) => one['event'] === 'ended')
    .map(
      (one): JobRun => ({
        job: text(one['job']),
        at: text(one['at']),
        status: text(one['status']),
        seconds: number(one['seconds']) ?? 0,
        attempts: number(one['attempts']) ?? 0,
        message: text(one['message']) || text(one['skipped']),
      }),
    )
    .reverse();
  const good = new Map(
    runs
      .filter(({ status }) => status === 'success')
      .reverse()
      .map(({ job, at }) => [job, at]),
  );
  return {
    asOf,
    runs: runs.slice(0, SHOWN),
    jobs: jobs.map((job): JobView => {
      const name = text(job['name']);
      const lastSuccess = good.get(name) ?? '';
      const due = text(job['due']);
      const timeout = number(job['timeout']) ?? 0;
      // A job that never ran here may run elsewhere: nothing is known of it.
      const isOver = Date.parse(asOf) - Date.parse(due) > timeout * 1000;
      return {
        name,
        description: text(job['description']),
        file: `${text(job['file'])}:${text(job['line'])}`,
        schedule: [text(job['schedule']), text(job['zone'])].filter(Boolean).join(' '),
        skip: texts(job['skip']),
        timeout,
        steps: list(job['steps'])
          .map(record)
          .map((step) => ({ text: text(step['text']), select: text(step['select']), exclude: text(step['exclude']) })),
        waitFor: list(job['waitFor']).map((one) => text(record(one)['job']) || text(record(one)['model'])),
        promises: list(job['promises'])
          .map(record)
          .map((one) => ({
            model: text(one['model']),
            within: number(one['within']) ?? 0,
            builtAt: text(one['builtAt']),
            late: one['late'] === true,
          })),
        next: text(job['next']),
        due,
        lastSuccess,
        late: lastSuccess !== '' && lastSuccess < due && isOver,
      };
    }),
  };
}
