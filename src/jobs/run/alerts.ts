import { showDuration } from '../../util/duration.ts';
import { freshnessOf } from '../plan/freshness.ts';
import type { JobDefinition, RunEnd } from '../types.ts';
import type { Alert, JobResult, JobRun, JobWorld } from './types.ts';

/** Long enough to know how the last run of a weekly job ended. */
const LOOK_BACK_MS = 8 * 86_400_000;

/** Tells who has to know how a run ended, and which promises are broken by now. Nothing here makes a run fail. */
export async function alertAfter({ job, jobs }: JobRun, world: JobWorld, result: JobResult): Promise<void> {
  const at = new Date(result.endedAt).toISOString();
  const base = { job: job.name, runId: result.runId, at, failed: result.failed };
  const isFailure = result.status === 'skipped' ? result.skipped === 'wait' : result.status !== 'success';
  const message = result.message ?? result.status;
  if (isFailure && job.notify.failure) await deliver(world, { ...base, kind: 'failure', message });
  if (result.dead.length > 0 && job.notify.failure) {
    const what = 'rows were refused and are kept: tsdbt job deliveries --dead shows them';
    await deliver(world, { ...base, kind: 'dead', message: what, failed: result.dead });
  }
  if (result.status === 'success' && job.notify.recovery) {
    const before = statusBefore(world, result);
    if (before !== undefined && before !== 'success') {
      await deliver(world, { ...base, kind: 'recovery', message: `succeeds again, after ${before}` });
    }
  }
  await alertLate(jobs, world, result.runId);
}

function statusBefore({ history }: JobWorld, { job, runId, endedAt }: JobResult): RunEnd | undefined {
  const entry = history
    .since(endedAt - LOOK_BACK_MS)
    .findLast((one) => one.job === job && one.run !== runId && one.event === 'ended' && one.status !== 'skipped');
  return entry?.event === 'ended' ? entry.status : undefined;
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
    const message = late ? `${model} is promised within ${showDuration(within)}, ${last}` : `${model} is fresh again`;
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
