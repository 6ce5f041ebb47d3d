import { randomUUID } from 'node:crypto';
import type { JobDefinition, JobResult } from '../jobs/index.ts';
import { previewJob } from './job-preview.ts';
import { shareState } from './job-shared.ts';
import { stepRunner } from './job-step.ts';
import { alerter, type JobState, jobNamed, openJobs, publishMetrics, RENEW_MS, tellJob } from './job-world.ts';
import { readProject } from './open-project.ts';
import type { Request } from './request.ts';

/** `job run NAME`: one run, if its window and its lock allow it; the exit code says how it went. */
export async function jobRun(request: Request, name: string): Promise<number> {
  const project = await readProject(request);
  const own = await openJobs(project);
  const job = jobNamed(own.jobs, name);
  const { state, close } = await shareState(request, project, own);
  try {
    if (request.given['dry_run'] === true) return await previewJob(request, state, job);
    const result = await runWith(request, state, job);
    await publishMetrics(request, project, state, result);
    return exitCodeOf(result, request.given['skips_succeed'] === true);
  } finally {
    await close();
  }
}

async function runWith(request: Request, state: JobState, job: JobDefinition): Promise<JobResult> {
  const { runJob } = await import('../jobs/index.ts');
  return runJob(
    { job, jobs: state.jobs, runId: randomUUID() },
    {
      ...state,
      renewEvery: RENEW_MS,
      runStep: stepRunner(request, state.clock),
      emit: tellJob(request),
      alert: alerter(request, state.clock),
      interrupted: request.interrupted,
    },
  );
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
