import type { HistoryPlace, HistoryEntry as Line } from '../adapter/index.ts';
import type { HistoryEntry, SharedEntries } from '../jobs/index.ts';
import type { Project } from '../model/index.ts';
import { isDataMap } from '../util/data.ts';
import { connectTarget } from './database.ts';
import { type JobState, leaseOf } from './job-world.ts';
import type { Request } from './request.ts';
import { historyPlace } from './run-history.ts';

/** How far back waits and promises look. */
const DAYS = 8;

export interface SharedState {
  readonly state: JobState;
  close(): Promise<void>;
}

/**
 * Locks and history that all machines see, in the target's ClickHouse. A private server has one machine, whose files
 * do; so they do, and a line says it, where ClickHouse cannot be reached or may not keep them.
 */
export async function shareState(request: Request, project: Project, state: JobState): Promise<SharedState> {
  const alone: SharedState = { state, close: async () => {} };
  if (isDataMap(project.target.credentials.embedded) || request.env['TSDBT_HISTORY'] === 'none') return alone;
  const { sharedHistory, sharedLocks } = await import('../jobs/index.ts');
  const { openLockTables } = await import('../adapter/index.ts');
  const tell = (what: string, why: string): void =>
    request.emit({
      name: 'AdapterEventInfo',
      data: { base_msg: `${what} in ClickHouse; this machine's files do. (${why})` },
    });
  try {
    const connection = await connectTarget(project, request);
    const place = historyPlace({ project, request }, connection)!;
    const history = sharedHistory(state.history, entriesIn(place, project), (why) =>
      tell('The history of jobs cannot be kept', why),
    );
    await history.exchange?.();
    const tables = await openLockTables(place);
    return {
      state: { ...state, locks: sharedLocks(forProject(tables, project), leaseOf(request)), history },
      close: async () => {
        await history.exchange?.();
        await connection.close();
      },
    };
  } catch (error) {
    tell('Locks and history of jobs cannot be kept', (error as Error).message.split('\n')[0] ?? '');
    return alone;
  }
}

/** Jobs of two projects may have one name. */
function forProject<T extends Awaited<ReturnType<typeof import('../adapter/index.ts').openLockTables>>>(
  tables: T,
  project: Project,
): T {
  const named = (job: string): string => `${project.root.name}.${project.target.name}.${job}`;
  return {
    ...tables,
    list: (job) => tables.list(named(job)),
    create: (job, ...more) => tables.create(named(job), ...more),
    write: (job, ...more) => tables.write(named(job), ...more),
    drop: (job, ...more) => tables.drop(named(job), ...more),
  };
}

function entriesIn(place: HistoryPlace, { root, target, invocation }: Project): SharedEntries {
  const kind = 'job';
  const run = { project: root.name, target: target.name, invocation: invocation.id, command: 'job run', window: '' };
  return {
    async write(entries) {
      const { writeHistory } = await import('../adapter/index.ts');
      const job = entries[0]?.job ?? '';
      await writeHistory(
        place,
        { ...run, job },
        entries.map((entry) => lineOf(`${kind}.${root.name}.${entry.job}`, entry)),
      );
    },
    async read(mark) {
      const { readDetails } = await import('../adapter/index.ts');
      const { details, mark: next } = await readDetails(place, { project: root.name, kind, days: DAYS, mark });
      return { entries: details.map((text) => JSON.parse(text) as HistoryEntry), mark: next };
    },
  };
}

/** An event of a job as a line of the run history. */
function lineOf(node: string, entry: HistoryEntry): Line {
  const isEnd = entry.event === 'ended';
  const isStep = entry.event === 'step';
  const reason = isEnd ? (entry.message ?? entry.skipped ?? '') : isStep ? (entry.message ?? '') : '';
  return {
    node,
    step: isStep ? entry.step : '',
    relation: '',
    status: isEnd ? entry.status : isStep ? (entry.ok ? 'success' : 'error') : entry.event,
    ago: Math.max(0, (Date.now() - Date.parse(entry.at)) / 1000),
    seconds: isEnd || isStep ? entry.seconds : 0,
    rows: isEnd ? entry.rows : null,
    bytes: isEnd ? entry.bytes : null,
    reason,
    detail: JSON.stringify(entry),
  };
}
