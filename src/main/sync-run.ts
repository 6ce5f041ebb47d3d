import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTsdbtError, TsdbtError } from '../error/index.ts';
import type { SyncOutcome } from '../model/index.ts';
import type { SyncDeps, SyncEvent, SyncResult } from '../sync/index.ts';
import { utcMicros } from '../util/time.ts';
import type { Database } from './database.ts';
import type { Session } from './open-project.ts';
import { type PostgresServers, postgresFor, stageFor } from './postgres.ts';
import type { Request } from './request.ts';
import { recordSyncs } from './run-record.ts';
import type { ProjectSync, ProjectSyncs } from './sync-nodes.ts';

/** What one sync does with its deps: a run, a rollback. */
export type SyncWork = (sync: ProjectSync, deps: SyncDeps) => Promise<SyncResult>;

export interface SyncRun {
  readonly outcomes: readonly SyncOutcome[];
  readonly results: readonly SyncResult[];
}

/** One sync after another. One that fails is a result: those that look up its table are skipped, the others run. */
export async function eachSync(
  session: Session,
  database: Database,
  chosen: readonly ProjectSync[],
  work: SyncWork,
): Promise<SyncRun> {
  const { project, request } = session;
  const postgres = await postgresFor(
    project,
    request,
    chosen.map(({ definition }) => definition),
  );
  const outcomes: SyncOutcome[] = [];
  const results: SyncResult[] = [];
  try {
    for (const sync of chosen) {
      const bad = outcomes.filter(({ status }) => status !== 'success').map(({ unique_id }) => unique_id);
      const above = sync.node.depends_on.nodes.find((id) => bad.includes(id));
      const began = { unique_id: sync.node.unique_id, started_at: utcMicros(new Date()) };
      if (request.interrupted.aborted || above !== undefined) {
        outcomes.push({ ...began, status: 'skipped', message: skipReason(above), execution_time: 0, timing: [] });
        request.emit({ name: 'SyncSkipped', data: { sync: sync.definition.name, reason: skipReason(above) } });
        continue;
      }
      const start = performance.now();
      try {
        const result = await work(sync, await depsOf(session, database, postgres, sync));
        results.push(result);
        outcomes.push({ ...began, ...succeeded(result) });
      } catch (error) {
        const execution_time = (performance.now() - start) / 1000;
        outcomes.push({ ...began, status: 'error', message: messageOf(error), execution_time, timing: [] });
        tellFailure(request, sync, error);
      }
    }
    return { outcomes, results };
  } finally {
    await postgres.release();
  }
}

/** `tsdbt_syncs.json`, unless --no-write-json. */
export async function writeSyncsArtifact(
  session: Session,
  { all }: ProjectSyncs,
  outcomes: readonly SyncOutcome[],
  elapsed: number,
): Promise<void> {
  const { project, request } = session;
  if (project.flags['write_json'] === false) return;
  const { writeSyncs } = await import('../artifacts/index.ts');
  const nodes = all.map(({ node }) => node);
  const path = writeSyncs(project.targetPath, { invocation: project.invocation, nodes, results: outcomes, elapsed });
  request.emit({ name: 'ArtifactWritten', data: { artifact_type: 'Syncs', artifact_path: path } });
  await recordSyncs(session, outcomes, elapsed);
}

/** What a sync needs of both sides. A private Postgres gets the tables that its readers know first. */
export async function depsOf(
  session: Session,
  database: Database,
  postgres: PostgresServers,
  { definition }: ProjectSync,
): Promise<SyncDeps> {
  const { project, request } = session;
  const server = postgres.of(definition);
  if (server.isPrivate) {
    const { applySchema } = await import('../sync/index.ts');
    await applySchema(server.url, apiSchema(project.root.root));
  }
  return {
    clickhouse: database.driver!,
    postgresUrl: server.url,
    source: await sourceOf(session, database, definition),
    invocationId: project.invocation.id,
    stage: await stageFor(project, request, definition),
    emit: (event) => tell(request, event),
    signal: request.interrupted,
  };
}

/** What stands after FROM: the mart's relation, or the definition's own query with its references filled in. */
async function sourceOf(
  session: Session,
  database: Database,
  { source, at }: ProjectSync['definition'],
): Promise<string> {
  const compiler = await session.compiler();
  const { relationOf, renderSql } = await import('../compile/index.ts');
  if (source.kind === 'query') return `(${await renderSql(compiler, database.adapter, source.sql, at.file)})`;
  const relation = relationOf(compiler, source.package, source.name);
  if (relation !== undefined) return relation;
  throw new TsdbtError({
    code: 'TSD1103',
    message: `The sync reads ref('${source.name}'), which is an ephemeral model: no table holds its rows`,
    at,
  });
}

/** The statements in syncs/api_schema.sql make the tables that the project's readers know. */
function apiSchema(root: string): string {
  const path = join(root, 'syncs', 'api_schema.sql');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function succeeded(result: SyncResult): Omit<SyncOutcome, 'unique_id' | 'started_at'> {
  return {
    status: 'success',
    message: `${result.rows} rows`,
    execution_time: result.seconds,
    timing: Object.entries(result.phases).map(([name, seconds]) => ({ name, seconds })),
    format: result.format,
    rows: result.rows,
    rows_before: result.rowsBefore ?? null,
    bytes: result.bytes,
    enriched: result.enriched ?? null,
    ...(result.changed && { changed: result.changed }),
  };
}

function skipReason(above: string | undefined): string {
  return above === undefined ? 'the run was cancelled' : `${above} did not succeed`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function tellFailure(request: Request, { definition }: ProjectSync, error: unknown): void {
  const at = isTsdbtError(error) && error.at ? { at: `${error.at.file}:${error.at.line}` } : {};
  const hint = isTsdbtError(error) && error.hint !== undefined ? { hint: error.hint } : {};
  const code = isTsdbtError(error) ? error.code : 'TSD5002';
  request.emit({
    name: 'SyncFailed',
    data: { sync: definition.name, message: messageOf(error), code, ...at, ...hint },
  });
}

function tell(request: Request, event: SyncEvent): void {
  request.emit({ name: 'SyncPhase', level: event.phase === 'done' ? 'info' : 'debug', data: { ...event } });
}
