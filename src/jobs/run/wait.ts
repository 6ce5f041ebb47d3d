import { type Need, needsOf, unmet } from '../plan/wait.ts';
import type { Limits } from './limits.ts';
import type { JobRun, JobWorld } from './types.ts';

const POLL_MS = 30_000;

/** Waits until everything the job waits for has come; gives what has not when its limit passes, or undefined. */
export async function awaitNeeds({ job, jobs }: JobRun, world: JobWorld, limits: Limits): Promise<Need | undefined> {
  const { clock, history } = world;
  const began = clock.now();
  const needs = needsOf(job.waitFor, jobs, began);
  let told = false;
  while (limits.stopped === undefined) {
    await history.exchange?.();
    const missing = unmet(needs, history.since(Math.min(...needs.map(({ since }) => since))));
    if (missing.length === 0) return undefined;
    const late = missing.find(({ limit }) => clock.now() - began >= limit * 1000);
    if (late !== undefined) return late;
    const what = missing.map((need) => need.what).join(', ');
    if (!told) world.emit({ job: job.name, phase: 'wait', level: 'info', message: `waits for ${what}` });
    told = true;
    const left = Math.min(...missing.map(({ limit }) => began + limit * 1000 - clock.now()));
    await clock.sleep(Math.min(POLL_MS, left), limits.signal);
  }
  return undefined;
}
