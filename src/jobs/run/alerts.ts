import type { HistoryEntry } from '../history/types.ts';
import { freshnessOf } from '../plan/freshness.ts';
import type { JobDefinition } from '../types.ts';
import type { Alert, JobResult, JobRun, JobWorld } from './types.ts';

/** Tells who has to know how a run ended, and which promises are broken by now. Nothing here makes a run fail. */
export async function alertAfter(
  { job, jobs }: JobRun,
  world: JobWorld,
  result: JobResult,
  before: readonly HistoryEntry[],
): Promise<void> {
  const at = new Date(result.endedAt).toISOString();
  const base = { job: job.name, runId: result.runId, at, failed: result.failed };
  const isFailure = result.status === 'skipped' ? result.skipped === 'wait' : result.status !== 'success';
  const message = result.message ?? `${result.status}`;
  if (isFailure && job.notify.failure) await deliver(world, { ...base, kind: 'failure', message });
  const last = before.findLast(
    (entry) => entry.job === job.name && entry.event === 'ended' && entry.status !== 'skipped',
  );
  if (result.status === 'success' && job.notify.recovery && last?.event === 'ended' && last.status !== 'success') {
    await deliver(world, { ...base, kind: 'recovery', message: `succeeds again, after ${last.status}` });
  }
  await alertLate(jobs, world, result.runId);
}

/** Checks every promise; tells once of each that is broken, and once when it is kept again. Gives the late models. */
export async function alertLate(jobs: readonly JobDefinition[], world: AlertWorld, runId: string): Promise<string[]> {
  const now = world.clock.now();
  const promises = jobs.flatMap((job) => job.promises.map((promise) => ({ ...promise, job: job.name })));
  if (promises.length === 0) return [];
  const reach = Math.max(...promises.map(({ within }) => within)) * 2000 + 86_400_000;
  const states = freshnessOf(promises, world.history.since(now - reach), now);
  const at = new Date(now).toISOString();
  for (const [i, { model, within, builtAt, late, told }] of states.entries()) {
    const { job } = promises[i]!;
    if (late === told) continue;
    const kind = late ? 'late' : 'fresh';
    const last = builtAt === undefined ? 'never built' : `built ${new Date(builtAt).toISOString()}`;
    const message = late ? `${model} is promised within ${within}s, ${last}` : `${model} is fresh again`;
    world.history.append({ job, run: runId, at, event: kind, model });
    world.emit({ job, phase: 'promise', level: late ? 'error' : 'info', message });
    await deliver(world, { kind, job, runId, at, message, failed: [] });
  }
  return states.filter(({ late }) => late).map(({ model }) => model);
}

type AlertWorld = Pick<JobWorld, 'clock' | 'history' | 'emit' | 'alert'>;

async function deliver(world: AlertWorld, alert: Alert): Promise<void> {
  const problem = await world.alert(alert);
  if (problem !== undefined) {
    world.emit({ job: alert.job, phase: 'alert', level: 'warn', message: `nobody could be told: ${problem}` });
  }
}
