import type { HistoryEntry, HistoryPlace } from '../adapter/index.ts';
import type { RunResult, SyncOutcome } from '../model/index.ts';
import type { Database } from './database.ts';
import type { Session } from './open-project.ts';

/** `tsdbt`, or what TSDBT_HISTORY says; `none` keeps no history. */
const DATABASE = 'tsdbt';

/** Undefined where there is no server, or no history is wanted. */
export function historyPlace(
  { project, request }: Pick<Session, 'project' | 'request'>,
  { driver }: Pick<Database, 'driver'>,
): HistoryPlace | undefined {
  const database = request.env['TSDBT_HISTORY'] || DATABASE;
  if (driver === undefined || database === 'none') return undefined;
  const { cluster } = project.target.credentials;
  return { driver, database, cluster: typeof cluster === 'string' && cluster !== '' ? cluster : undefined };
}

/** Adds what became of nodes to the history in ClickHouse, in one statement. That it cannot is one line, and no failure. */
export async function keepHistory(
  session: Session,
  database: Database,
  entries: readonly HistoryEntry[],
): Promise<void> {
  const place = historyPlace(session, database);
  if (place === undefined || entries.length === 0) return;
  const { project, request } = session;
  const { writeHistory } = await import('../adapter/index.ts');
  const run = {
    project: project.root.name,
    target: project.target.name,
    invocation: project.invocation.id,
    command: request.which,
    job: request.argv[0] === 'job' && request.argv[1] === 'run' ? (request.argv[2] ?? '') : '',
    window: windowOf(project.flags),
  };
  try {
    await writeHistory(place, run, entries);
  } catch (error) {
    const why = (error as Error).message.split('\n')[0];
    const base_msg = `The history of runs cannot be kept in ClickHouse; wait_for goes by the tables themselves. (${why}; TSDBT_HISTORY=none wants none)`;
    request.emit({ name: 'AdapterEventInfo', data: { base_msg } });
  }
}

/** Parts of a table only: such a build is no build to wait for, where it begins with `empty` or `sample`. */
function windowOf(flags: Session['project']['flags']): string {
  if (flags['empty'] === true) return 'empty';
  if (flags['sample'] != null) return `sample ${String(flags['sample'])}`;
  const [start, end] = [flags['event_time_start'], flags['event_time_end']];
  return start == null && end == null ? '' : `${String(start ?? '')} to ${String(end ?? '')}`;
}

const MAKES = /^(model|seed|snapshot)\./;

export function entriesOf({ nodeOf }: Session, results: readonly RunResult[]): HistoryEntry[] {
  return results.map(({ unique_id, status, timing, execution_time, adapter_response, message }) => {
    const rows = adapter_response['rows_affected'];
    const node = nodeOf(unique_id);
    return {
      node: unique_id,
      relation: node !== undefined && 'alias' in node && MAKES.test(unique_id) ? `${node.schema}.${node.alias}` : '',
      status,
      ago: secondsSince(timing.at(-1)?.completed_at),
      seconds: execution_time,
      rows: typeof rows === 'number' ? Math.max(0, rows) : null,
      bytes: null,
      reason: status === 'success' || status === 'pass' ? '' : (message ?? ''),
      detail: '',
    };
  });
}

/** With the phases of a sync, and what it changed, as the detail. */
export function syncEntriesOf(outcomes: readonly SyncOutcome[]): HistoryEntry[] {
  return outcomes.map(({ unique_id, status, message, started_at, execution_time, rows, bytes, ...more }) => ({
    node: unique_id,
    relation: '',
    status,
    ago: Math.max(0, secondsSince(started_at) - execution_time),
    seconds: execution_time,
    rows: rows ?? null,
    bytes: bytes ?? null,
    reason: status === 'success' ? '' : message,
    detail: JSON.stringify(more),
  }));
}

function secondsSince(moment: string | undefined): number {
  return moment === undefined ? 0 : Math.max(0, (Date.now() - Date.parse(moment)) / 1000);
}
