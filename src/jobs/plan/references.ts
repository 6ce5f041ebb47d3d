import { TsdbtError } from '../../error/index.ts';
import type { JobDefinition } from '../types.ts';

/** What is wrong between jobs: names given twice, waiting for what is not there, waiting in a circle. */
export function referenceProblems(jobs: readonly JobDefinition[]): TsdbtError[] {
  const byName = new Map<string, JobDefinition>();
  const problems: TsdbtError[] = [];
  for (const job of jobs) {
    const other = byName.get(job.name);
    if (other === undefined) byName.set(job.name, job);
    else problems.push(problem(job, `job "${job.name}" is already defined in ${other.at.file}:${other.at.line}`));
  }
  for (const job of jobs) {
    for (const name of waitsFor(job)) {
      if (!byName.has(name))
        problems.push(problem(job, `job "${job.name}" waits for job "${name}", which is not defined`));
    }
  }
  return [...problems, ...namesakes(jobs), ...cycles(byName)];
}

/** Two posts of one name would take each other's rows for sent. */
function namesakes(jobs: readonly JobDefinition[]): TsdbtError[] {
  const seen = new Map<string, string>();
  return jobs.flatMap((job) =>
    job.steps.flatMap((step) => {
      if (step.kind !== 'post') return [];
      const { name } = step.post;
      const other = seen.get(name);
      seen.set(name, job.name);
      const hint = `give each a name of its own; ${other === job.name ? 'this job has another' : `job "${other}" has it`}`;
      return other === undefined ? [] : [problem(job, `job "${job.name}": two posts are named "${name}"`, hint)];
    }),
  );
}

function waitsFor(job: JobDefinition): string[] {
  return job.waitFor.flatMap((wait) => (wait.kind === 'job' ? [wait.job] : []));
}

/** Each circle once, told at the job it was entered by. */
function cycles(jobs: ReadonlyMap<string, JobDefinition>): TsdbtError[] {
  const done = new Set<string>();
  const found: TsdbtError[] = [];
  const visit = (job: JobDefinition, path: readonly string[]): void => {
    if (path.includes(job.name)) {
      const circle = [...path.slice(path.indexOf(job.name)), job.name].join(' -> ');
      found.push(problem(job, `jobs wait for each other in a circle: ${circle}`));
      return;
    }
    if (done.has(job.name)) return;
    for (const name of waitsFor(job)) {
      const next = jobs.get(name);
      if (next !== undefined) visit(next, [...path, job.name]);
    }
    done.add(job.name);
  };
  for (const job of jobs.values()) visit(job, []);
  return found;
}

function problem(job: JobDefinition, message: string, hint?: string): TsdbtError {
  return new TsdbtError({ code: 'TSD6001', message, at: job.at, hint });
}
