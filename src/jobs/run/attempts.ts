import { showStep } from '../definition/step.ts';
import { planRetry } from '../plan/attempt.ts';
import type { Step, StepOutcome, UnitResult } from '../types.ts';
import type { Limits } from './limits.ts';
import type { JobRun, JobWorld } from './types.ts';

interface AttemptsResult {
  readonly ok: boolean;
  readonly attempts: number;
  readonly rows: number;
  readonly bytes: number;
  readonly failed: readonly UnitResult[];
  /** Rows that a service refused and that are kept. */
  readonly dead: readonly UnitResult[];
  readonly message: string | undefined;
}

/** All steps in order; after a failure again from what failed, as often as the job allows and after its pause. */
export async function attemptSteps(run: JobRun, world: JobWorld, limits: Limits): Promise<AttemptsResult> {
  const { job } = run;
  const deadline = world.clock.now() + job.timeout * 1000;
  let next = 0;
  let only: readonly string[] | undefined;
  let rows = 0;
  let bytes = 0;
  const dead: UnitResult[] = [];
  for (let attempt = 1; ; attempt++) {
    let failure: StepOutcome | undefined;
    while (next < job.steps.length && failure === undefined) {
      const outcome = await runOne(run, world, limits, job.steps[next]!, attempt, only);
      rows += total(outcome.units, 'rows');
      bytes += total(outcome.units, 'bytes');
      dead.push(...outcome.units.filter(({ status }) => status === 'dead'));
      if (outcome.ok) {
        next++;
        only = undefined;
      } else failure = outcome;
    }
    const done = { attempts: attempt, rows, bytes, dead };
    if (failure === undefined) return { ok: true, ...done, failed: [], message: undefined };
    const failed = failure.units.filter(({ status }) => isBad(status));
    const ended = { ok: false, ...done, failed, message: failure.message };
    if (limits.stopped !== undefined) return ended;
    only = failure.unfinished.length > 0 ? failure.unfinished : undefined;
    const retry = planRetry({ attempt, retry: job.retry, skip: job.skip, deadline, now: world.clock.now() });
    if ('reason' in retry) return ended;
    const pause = retry.at - world.clock.now();
    world.emit({
      job: job.name,
      phase: 'retry',
      level: 'warn',
      message: `tried again in ${Math.round(pause / 1000)}s`,
    });
    await world.clock.sleep(pause, limits.signal);
    if (limits.stopped !== undefined) return ended;
  }
}

async function runOne(
  { job, runId }: JobRun,
  world: JobWorld,
  limits: Limits,
  step: Step,
  attempt: number,
  only: readonly string[] | undefined,
): Promise<StepOutcome> {
  const { clock } = world;
  const began = clock.now();
  const { value, late } = await limits.within(step.timeout, (signal) => world.runStep(step, { only, signal, runId }));
  const outcome: StepOutcome = late
    ? { ...value, ok: false, message: `the step took longer than ${step.timeout}s` }
    : value;
  const seconds = (clock.now() - began) / 1000;
  const shown = showStep(step);
  const { ok, units, message } = outcome;
  const at = new Date(clock.now()).toISOString();
  world.history.append({
    job: job.name,
    run: runId,
    at,
    event: 'step',
    step: shown,
    attempt,
    ok,
    seconds,
    units,
    message,
  });
  const told = `${shown}: ${ok ? 'OK' : 'ERROR'} in ${seconds.toFixed(2)}s${message === undefined ? '' : `: ${message}`}`;
  world.emit({ job: job.name, phase: 'step', level: ok ? 'info' : 'error', message: told });
  return outcome;
}

function isBad(status: string): boolean {
  return ['error', 'fail', 'runtime error', 'partial success'].includes(status);
}

function total(units: readonly UnitResult[], key: 'rows' | 'bytes'): number {
  return units.reduce((sum, unit) => sum + (unit[key] ?? 0), 0);
}
