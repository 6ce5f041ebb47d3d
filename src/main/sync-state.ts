import type { HistoryLine } from '../adapter/index.ts';
import type { SyncStatus } from '../sync/index.ts';
import { showDuration } from '../util/duration.ts';
import { connect, type Database } from './database.ts';
import { openProject, type Session } from './open-project.ts';
import { type PostgresServers, postgresFor } from './postgres.ts';
import type { Request } from './request.ts';
import { historyPlace } from './run-history.ts';
import { chooseSyncs, openSyncs, type ProjectSync } from './sync-nodes.ts';

const SHOWN_LINES = 1000;

/** `sync status`: the target of each chosen sync, its backups, how its last run ended, and who is at it now. */
export async function syncStatus(request: Request, names: readonly string[]): Promise<number> {
  return withPostgres(request, names, async (session, chosen, postgres) => {
    const last = await lastRuns(session, chosen);
    const { syncStatus: statusOf } = await import('../sync/index.ts');
    for (const { definition, node } of chosen) {
      const status = await statusOf(definition, postgres.of(definition).url);
      const run = last.get(node.unique_id);
      print(request, isJson(request) ? JSON.stringify({ ...status, last: run ?? null }) : statusText(status, run));
    }
    return 0;
  });
}

/** `sync history`: the runs of the last `--days`, the oldest first, as the history in ClickHouse has them. */
export async function syncHistory(request: Request, names: readonly string[]): Promise<number> {
  const session = await openProject(request);
  const chosen = await chooseSyncs(session, await openSyncs(session), names);
  const lines = await historyOf(session, chosen, Number(request.given['days'] ?? 7) || 7);
  for (const line of [...lines].reverse()) {
    print(
      request,
      isJson(request) ? JSON.stringify({ ...line, detail: JSON.parse(line.detail || '{}') }) : runText(line),
    );
  }
  return 0;
}

/** `sync clean`: what dead syncs left goes; with `--backups` the backups too. 1 where a sync is at work. */
export async function syncClean(request: Request, names: readonly string[]): Promise<number> {
  return withPostgres(request, names, async (_, chosen, postgres) => {
    const { cleanSync } = await import('../sync/index.ts');
    const [backups, dryRun] = [request.given['backups'] === true, request.given['dry_run'] === true];
    let failed = false;
    for (const { definition } of chosen) {
      try {
        const gone = await cleanSync(definition, postgres.of(definition).url, { backups, dryRun });
        for (const name of gone)
          print(request, `${dryRun ? 'would drop' : 'dropped'} ${definition.table.schema}.${name}`);
      } catch (error) {
        failed = true;
        print(request, `${definition.name}: ${(error as Error).message}`);
      }
    }
    return failed ? 1 : 0;
  });
}

async function withPostgres(
  request: Request,
  names: readonly string[],
  work: (session: Session, chosen: readonly ProjectSync[], postgres: PostgresServers) => Promise<number>,
): Promise<number> {
  const session = await openProject(request);
  const chosen = await chooseSyncs(session, await openSyncs(session), names);
  const definitions = chosen.map(({ definition }) => definition);
  const postgres = await postgresFor(session.project, request, definitions);
  try {
    return await work(session, chosen, postgres);
  } finally {
    await postgres.release();
  }
}

async function lastRuns(session: Session, chosen: readonly ProjectSync[]): Promise<ReadonlyMap<string, HistoryLine>> {
  const last = new Map<string, HistoryLine>();
  for (const line of await historyOf(session, chosen, 400)) if (!last.has(line.node)) last.set(line.node, line);
  return last;
}

async function historyOf(
  session: Session,
  chosen: readonly ProjectSync[],
  days: number,
): Promise<readonly HistoryLine[]> {
  const database: Database = await connect(session);
  try {
    const place = historyPlace(session, database);
    const { readHistory } = await import('../adapter/index.ts');
    const nodes = chosen.map(({ node }) => node.unique_id);
    return place === undefined || nodes.length === 0
      ? []
      : await readHistory(place, { nodes, days, limit: SHOWN_LINES });
  } finally {
    await database.close();
  }
}

function statusText(
  { name, target, table, backups, leftovers, running, highWater }: SyncStatus,
  run?: HistoryLine,
): string {
  const lines = [
    `${name} -> ${target}`,
    table === undefined ? 'the target is not there' : tableText(table),
    run === undefined ? 'no run in the history' : `last run ${runText(run)}`,
    ...(highWater === undefined ? [] : [`high-water mark ${highWater}`]),
    ...backups.map((backup) => `backup ${backup.table}: ${tableText(backup)}`),
    ...(running === undefined
      ? leftovers.map((left) => `left by a dead sync: ${left} (tsdbt sync clean drops it)`)
      : [`running now (${running})`]),
  ];
  return lines.join('\n  ');
}

function tableText({ rows, bytes }: NonNullable<SyncStatus['table']>): string {
  return `${rows === undefined ? 'rows not counted yet' : `${rows} rows`}, ${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

function runText({ finished_at, node, status, seconds, rows, bytes, reason, command }: HistoryLine): string {
  const moved = rows === null ? '' : `, ${rows} rows${bytes === null ? '' : `, ${(bytes / 2 ** 20).toFixed(1)} MiB`}`;
  const why = reason === '' ? '' : `: ${reason.split('\n')[0]}`;
  return `${finished_at}  ${node.split('.').at(-1)}  ${command}  ${status} after ${showDuration(seconds)}${moved}${why}`;
}

function isJson(request: Request): boolean {
  return request.given['output'] === 'json';
}

function print(request: Request, msg: string): void {
  request.emit({ name: 'PrintEvent', data: { msg } });
}
