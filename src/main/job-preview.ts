import type { JobDefinition, Step } from '../jobs/index.ts';
import { dueRows } from './job-post.ts';
import { isNodeStep, stepRequest } from './job-step.ts';
import type { JobState } from './job-world.ts';
import { chooseNodes } from './nodes.ts';
import { openProject, type Session } from './open-project.ts';
import type { Request } from './request.ts';

/** `job run NAME --dry-run`: what would run, and what would keep it from running. Changes nothing. */
export async function previewJob(request: Request, state: JobState, job: JobDefinition): Promise<number> {
  const print = (msg: string): void => request.emit({ name: 'PrintEvent', data: { msg } });
  const { needsOf, showStep, showWindow, unmet, windowAt } = await import('../jobs/index.ts');
  const now = state.clock.now();
  const window = windowAt(job.skip, now);
  if (window !== undefined) print(`${job.name} is not begun from ${showWindow(window)}`);
  const holder = await state.locks.holder(job.name);
  if (holder !== undefined) print(`${job.name} is running: pid ${holder.pid} on ${holder.host} since ${holder.since}`);
  const needs = needsOf(job.waitFor, state.jobs, now);
  const missing = unmet(needs, state.history.since(Math.min(now, ...needs.map(({ since }) => since))));
  for (const { what, since } of missing) print(`${job.name} waits for ${what}, since ${new Date(since).toISOString()}`);
  for (const step of job.steps) {
    print(showStep(step));
    if (step.kind === 'post') print(`  ${await dueRows(stepRequest(request, step, request.interrupted), step)}`);
    if (!isNodeStep(step)) continue;
    for (const id of [...(await nodesOf(request, step))].sort()) print(`  ${id}`);
  }
  return 0;
}

/** The nodes a step would run. */
async function nodesOf(request: Request, step: Step): Promise<ReadonlySet<string>> {
  const asked = stepRequest({ ...request, emit: () => {} }, step, request.interrupted);
  return chooseNodes(await openProject(asked));
}

/** The same without opening the project anew. */
export function nodesIn(session: Session, step: Step): Promise<ReadonlySet<string>> {
  const request = stepRequest({ ...session.request, emit: () => {} }, step, session.request.interrupted);
  return chooseNodes({ ...session, request });
}
