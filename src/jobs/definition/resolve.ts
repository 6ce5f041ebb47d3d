import type { z } from 'zod';
import type { At } from '../../error/index.ts';
import { parseDuration } from '../../util/definitions.ts';
import { type Cron, parseCron } from '../plan/cron.ts';
import { minutesOf, nextStart, type Window } from '../plan/window.ts';
import { isZone } from '../plan/zone.ts';
import type { JobDefinition, Wait } from '../types.ts';
import { resolvePost } from './post.ts';
import type { jobFileSchema } from './schema.ts';
import { resolveStep } from './step.ts';

type JobFile = z.output<ReturnType<typeof jobFileSchema>>;
type JobEntry = JobFile['jobs'][number];
type Path = readonly (string | number)[];

/** A problem of one entry: the path within it, and what is wrong. */
interface EntryProblem {
  readonly path: Path;
  readonly message: string;
}

/** What a checked entry means, all defaults filled in; or what the schema cannot say is wrong with it. */
export function resolveJob(
  entry: JobEntry,
  defaults: JobFile['defaults'],
  at: (path: Path) => At,
): JobDefinition | readonly EntryProblem[] {
  const problems: EntryProblem[] = [];
  const schedule = readSchedule(entry, problems);
  const skip = entry.skip.map((window, i) => readWindow(window, i, problems));
  if (schedule === undefined || problems.length > 0) return problems;
  if (nextStart(schedule, [], FIRST_OF_2024) === undefined) {
    return [{ path: ['schedule'], message: `'${schedule.text}' never comes` }];
  }
  if (nextStart(schedule, skip, FIRST_OF_2024) === undefined) {
    return [{ path: ['skip'], message: 'the windows cover every moment of the schedule: the job would never run' }];
  }
  const seconds = (value: string | number): number => parseDuration(value)!;
  const steps = entry.steps.map((step, i) =>
    resolveStep(step, at(['steps', i]), (post) => resolvePost(post, defaults.post, entry.name)),
  );
  const nowhere = steps.findIndex((step) => step.kind === 'post' && step.post.to === '');
  if (nowhere >= 0)
    return [{ path: ['steps', nowhere, 'post'], message: 'to: an output of type http in profiles.yml' }];
  return {
    name: entry.name,
    description: entry.description,
    at: at([]),
    schedule,
    steps,
    timeout: seconds(entry.timeout ?? defaults.timeout),
    skip,
    retry: { times: entry.retry.times, delay: seconds(entry.retry.delay) },
    waitFor: entry.wait_for.map(
      (wait): Wait =>
        'job' in wait
          ? { kind: 'job', job: wait.job, limit: seconds(wait.limit) }
          : { kind: 'model', model: wait.model, within: seconds(wait.within), limit: seconds(wait.limit) },
    ),
    notify: entry.notify,
    promises: entry.promises.map(({ model, within }) => ({ model, within: seconds(within) })),
  };
}

/** From a leap year on, every date comes within the horizon of the cron; a fixed start keeps the answer the same every day. */
const FIRST_OF_2024 = Date.UTC(2024, 0, 1);

function readSchedule({ schedule }: JobEntry, problems: EntryProblem[]): Cron | undefined {
  const { cron, timezone } = typeof schedule === 'string' ? { cron: schedule, timezone: 'UTC' } : schedule;
  if (!isZone(timezone))
    problems.push({ path: ['schedule', 'timezone'], message: `there is no time zone '${timezone}'` });
  const read = parseCron(cron, timezone);
  if (typeof read !== 'string') return read;
  problems.push({ path: typeof schedule === 'string' ? ['schedule'] : ['schedule', 'cron'], message: read });
  return undefined;
}

function readWindow({ from, to, timezone }: JobEntry['skip'][number], i: number, problems: EntryProblem[]): Window {
  const window = { from: minutesOf(from), to: minutesOf(to), zone: timezone };
  if (!isZone(timezone))
    problems.push({ path: ['skip', i, 'timezone'], message: `there is no time zone '${timezone}'` });
  for (const side of ['from', 'to'] as const) {
    if (window[side] === undefined)
      problems.push({ path: ['skip', i, side], message: 'a time of day such as "19:00"' });
  }
  const { from: start, to: end } = window;
  if (start !== undefined && (start === end || (start === 0 && end === 1440))) {
    problems.push({ path: ['skip', i], message: 'the window covers the whole day' });
  }
  return { from: start ?? 0, to: end ?? 0, zone: timezone };
}
