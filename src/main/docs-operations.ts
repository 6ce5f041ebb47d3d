import { isTsdbtError } from '../error/index.ts';
import type { SyncNode } from '../model/index.ts';
import { openJobs } from './job-world.ts';
import type { Session } from './open-project.ts';
import { openSyncs } from './sync-nodes.ts';

const DAY_MS = 86_400_000;
const SHOWN_DAYS = 90;

/** What the documentation shows of jobs and syncs: plain values. What cannot be read is a sentence. */
export interface Operations {
  readonly jobs: unknown;
  readonly syncs: readonly SyncNode[];
  /** Everything a sync's definition says, by unique_id. */
  readonly syncDefinitions: Readonly<Record<string, unknown>>;
  readonly problems: readonly string[];
}

/** `asOf`: the moment for which lateness and next starts are told, so that the same artifacts give the same page. */
export async function readOperations(session: Session, asOf: number): Promise<Operations> {
  const problems: string[] = [];
  const tried = async <T>(what: string, work: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!isTsdbtError(error)) throw error;
      problems.push(`${what} could not be read; the page goes without them. (${error.message.split('\n')[0]})`);
      return otherwise;
    }
  };
  const syncs = await tried('The syncs', () => openSyncs(session), undefined);
  const jobs = await tried('The jobs', () => jobsOf(session, asOf), undefined);
  const all = syncs?.all ?? [];
  return {
    jobs,
    syncs: all.map(({ node }) => node),
    syncDefinitions: Object.fromEntries(all.map(({ node, definition }) => [node.unique_id, definition])),
    problems,
  };
}

async function jobsOf(session: Session, asOf: number): Promise<unknown> {
  const { jobs, history } = await openJobs(session.project);
  if (jobs.length === 0) return undefined;
  const { freshnessOf, lastStart, nextStart, showStep, showWindow } = await import('../jobs/index.ts');
  const entries = history.since(asOf - SHOWN_DAYS * DAY_MS);
  // What happened after the artifacts were made counts as well.
  const now = Math.max(asOf, ...entries.slice(-1).map(({ at }) => Date.parse(at)));
  const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
  return {
    asOf: iso(now),
    jobs: jobs.map((job) => ({
      name: job.name,
      description: job.description,
      file: job.at.file,
      line: job.at.line,
      schedule: job.schedule.text,
      zone: job.schedule.zone,
      skip: job.skip.map(showWindow),
      timeout: job.timeout,
      retry: job.retry,
      steps: job.steps.map((step) => ({ text: showStep(step), ...selectionOf(step) })),
      waitFor: job.waitFor,
      promises: freshnessOf(job.promises, entries, now).map(({ model, within, builtAt, late }) => ({
        model,
        within,
        late,
        builtAt: iso(builtAt),
      })),
      next: iso(nextStart(job.schedule, job.skip, now)),
      due: iso(lastStart(job.schedule, job.skip, now)),
    })),
    runs: entries.filter((entry) => entry.event === 'ended' || entry.event === 'step'),
  };
}

/** Which nodes a step takes, as the lineage's box would be told; undefined for steps that take none. */
function selectionOf(step: object): { readonly select?: string; readonly exclude?: string } {
  const selection = (
    step as { selection?: { select: readonly string[]; exclude: readonly string[]; selector?: string } }
  ).selection;
  if (selection === undefined) return {};
  const { select, exclude, selector } = selection;
  return { select: selector === undefined ? select.join(' ') : `selector:${selector}`, exclude: exclude.join(' ') };
}
