import type { Acquired, HeldLock, Holder } from '../lock/types.ts';
import { showWindow, windowAt } from '../plan/window.ts';
import type { RunEnd, SkipReason } from '../types.ts';
import { alertAfter } from './alerts.ts';
import { attemptSteps } from './attempts.ts';
import { Limits } from './limits.ts';
import type { JobResult, JobRun, JobWorld } from './types.ts';
import { awaitNeeds } from './wait.ts';

/** One run of a job: window, lock, wait, steps with retries, and what happened written down and told. */
export async function runJob(run: JobRun, world: JobWorld): Promise<JobResult> {
  const { job, runId } = run;
  const startedAt = world.clock.now();
  const end = (status: RunEnd, more: Partial<JobResult> = {}): Promise<JobResult> =>
    ended(run, world, { ...NOTHING, job: job.name, runId, status, startedAt, endedAt: world.clock.now(), ...more });
  const skip = (skipped: SkipReason, message: string) => end('skipped', { skipped, message });

  const window = windowAt(job.skip, startedAt);
  if (window !== undefined) return skip('window', `is not begun from ${showWindow(window)}`);
  const acquired = await world.locks.acquire(job.name, runId).catch(whyOf);
  if (acquired instanceof Error) return end('failed', { message: `its lock cannot be taken: ${acquired.message}` });
  if ('holder' in acquired) return skip('overlap', `is already running: ${showHolder(acquired.holder)}`);
  const limits = new Limits(world.clock, world.interrupted);
  try {
    limits.renew(acquired.lock, world.renewEvery);
    await begin(run, world, acquired);
    if (job.waitFor.length > 0) {
      const missing = await awaitNeeds(run, world, limits);
      if (missing !== undefined) return await skip('wait', `${missing.what} did not come within ${missing.limit}s`);
      const late = windowAt(job.skip, world.clock.now());
      if (late !== undefined) return await skip('window', `is not begun from ${showWindow(late)}`);
    }
    limits.endAfter(job.timeout);
    const { ok, message, ...rest } = await attemptSteps(run, world, limits);
    if (ok) return await end('success', rest);
    return await end(statusOf(limits), { ...rest, message: reasonOf(limits, job.timeout) ?? message });
  } finally {
    limits.close();
    await release(acquired.lock);
  }
}

function whyOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

const NOTHING = { attempts: 0, rows: 0, bytes: 0, failed: [], dead: [] } as const;

/** A run whose process died is written down by the one that finds its lock. */
async function begin({ job, runId }: JobRun, world: JobWorld, { lock }: Acquired & { lock: HeldLock }): Promise<void> {
  const { clock, history, emit } = world;
  const at = new Date(clock.now()).toISOString();
  const { tookOver } = lock;
  if (tookOver !== undefined) {
    const message = `the run before died: ${showHolder(tookOver)}`;
    const lost = { job: job.name, run: tookOver.runId, at, event: 'ended', status: 'lost', message } as const;
    history.append({ ...lost, seconds: 0, rows: 0, bytes: 0, attempts: 1 });
    emit({ job: job.name, phase: 'begin', level: 'warn', message });
  }
  history.append({ job: job.name, run: runId, at, event: 'started', pid: process.pid });
  emit({ job: job.name, phase: 'begin', level: 'info', message: `begins (run ${runId})` });
}

async function ended(run: JobRun, world: JobWorld, result: JobResult): Promise<JobResult> {
  const { job, runId, status, skipped, message, attempts, rows, bytes } = result;
  const seconds = (result.endedAt - result.startedAt) / 1000;
  const at = new Date(result.endedAt).toISOString();
  world.history.append({
    job,
    run: runId,
    at,
    event: 'ended',
    status,
    skipped,
    seconds,
    attempts,
    rows,
    bytes,
    message,
  });
  const isGood = status === 'success' || (status === 'skipped' && skipped !== 'wait');
  const told = `${status} after ${seconds.toFixed(2)}s${message === undefined ? '' : `: ${message}`}`;
  world.emit({ job, phase: 'end', level: isGood ? 'info' : 'error', message: told });
  await world.history.exchange?.();
  await alertAfter(run, world, result);
  return result;
}

function statusOf({ stopped }: Limits): RunEnd {
  if (stopped === 'timeout' || stopped === 'interrupted') return stopped;
  return 'failed';
}

function reasonOf({ stopped }: Limits, timeout: number): string | undefined {
  if (stopped === 'timeout') return `stopped at its time limit of ${timeout}s`;
  if (stopped === 'lock lost') return 'stopped, because another run has taken over its lock';
  return stopped;
}

function showHolder({ runId, host, pid, since }: Holder): string {
  return `run ${runId} (pid ${pid} on ${host}, since ${since})`;
}

/** What cannot be given back ends with its lease. */
async function release(lock: HeldLock): Promise<void> {
  await lock.release().catch(() => undefined);
}
