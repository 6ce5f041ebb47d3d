import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Alert,
  fileHistory,
  fileLocks,
  type HistoryEntry,
  type JobDefinition,
  type JobResult,
  type JobWorld,
  loadJobs,
  runJob,
  type Step,
  type StepOutcome,
  type StepRunner,
} from '../../../src/jobs/index.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Real plan, lock and history in a folder of their own, on a clock of the test; what steps do is the test's. */
export interface Stage {
  readonly dir: string;
  readonly clock: VirtualClock;
  readonly world: JobWorld;
  readonly jobs: readonly JobDefinition[];
  readonly alerts: Alert[];
  job(name: string): JobDefinition;
  start(name: string, runId?: string, changed?: Partial<JobWorld>): Promise<JobResult>;
  history(): readonly HistoryEntry[];
  remove(): void;
}

export async function stage(yaml: string, start: string, runStep: StepRunner): Promise<Stage> {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-stage-'));
  writeFileSync(join(dir, 'jobs.yml'), yaml);
  const { jobs, problems } = await loadJobs(dir, 'jobs');
  if (problems.length > 0) throw problems[0];
  return stageOf(jobs, start, runStep, dir);
}

export function stageOf(
  jobs: readonly JobDefinition[],
  start: string,
  runStep: StepRunner,
  dir: string = mkdtempSync(join(tmpdir(), 'tsdbt-stage-')),
): Stage {
  const clock = new VirtualClock(start);
  const alerts: Alert[] = [];
  const history = fileHistory(join(dir, 'history'));
  const world: JobWorld = {
    clock,
    locks: fileLocks({ dir: join(dir, 'locks'), lease: 3_600_000, now: () => clock.now() }),
    renewEvery: 900_000,
    history,
    runStep,
    emit: () => {},
    alert: async (alert) => {
      alerts.push(alert);
      return undefined;
    },
    interrupted: new AbortController().signal,
  };
  const job = (name: string) => jobs.find((one) => one.name === name)!;
  let runs = 0;
  return {
    dir,
    clock,
    world,
    jobs,
    alerts,
    job,
    start: (name, runId = `run-${++runs}`, changed = {}) =>
      runJob({ job: job(name), jobs, runId }, { ...world, interrupted: new AbortController().signal, ...changed }),
    history: () => history.since(0),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export const DONE: StepOutcome = { ok: true, units: [], unfinished: [] };

/** A step that takes its time and ends at once when it is stopped. */
export function lasting(
  clock: () => VirtualClock,
  seconds: (step: Step) => number,
  done: StepOutcome = DONE,
): StepRunner {
  return async (step, { signal }) => {
    await clock().sleep(seconds(step) * 1000, signal);
    return signal.aborted ? { ok: false, units: [], unfinished: [], message: 'stopped' } : done;
  };
}
