import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { JobDefinition, JobResult } from '../jobs/index.ts';
import type { Project } from '../model/index.ts';
import { lineageTeller } from './job-lineage.ts';
import { previewJob } from './job-preview.ts';
import { shareState } from './job-shared.ts';
import { stepRunner } from './job-step.ts';
import { alerter, type JobState, jobNamed, leaseOf, openJobs, publishMetrics, tellJob } from './job-world.ts';
import { readProject } from './open-project.ts';
import type { Request } from './request.ts';

/** `job run NAME`: one run, if its window and its lock allow it; the exit code says how it went. */
export async function jobRun(request: Request, name: string): Promise<number> {
  const project = await readProject(request);
  const own = await openJobs(project, leaseOf(request));
  const job = jobNamed(own.jobs, name);
  const { state, close } = await shareState(request, project, own);
  try {
    if (request.given['dry_run'] === true) return await previewJob(request, state, job);
    const result = await runWith(request, project, state, job);
    await publishMetrics(request, project, state, result);
    return exitCodeOf(result, request.given['skips_succeed'] === true);
  } finally {
    await close();
  }
}

async function runWith(request: Request, project: Project, state: JobState, job: JobDefinition): Promise<JobResult> {
  const { runJob } = await import('../jobs/index.ts');
  const { clock } = state;
  const runId = randomUUID();
  const lineage = await lineageTeller(request, project, { job, runId, clock });
  // Two jobs at one time would write over each other's artifacts.
  const given = { target_path: join(project.targetPath, 'jobs', job.name), ...request.given };
  await lineage?.begin();
  const result = await runJob(
    { job, jobs: state.jobs, runId },
    {
      ...state,
      renewEvery: leaseOf(request) / 4,
      runStep: stepRunner({ ...request, given }, { clock, lineage }),
      emit: tellJob(request),
      alert: alerter(request, clock),
      interrupted: request.interrupted,
    },
  );
  await lineage?.end(result);
  return result;
}

/** 124 is what timeout(1) says; 99 and its neighbours what Airflow and systemd can be told to take for a skip. */
function exitCodeOf({ status, skipped }: JobResult, skipsSucceed: boolean): number {
  switch (status) {
    case 'success':
      return 0;
    case 'interrupted':
      return 2;
    case 'timeout':
      return 124;
    case 'skipped':
      if (skipped === 'wait') return 97;
      if (skipsSucceed) return 0;
      return skipped === 'overlap' ? 98 : 99;
    default:
      return 1;
  }
}
