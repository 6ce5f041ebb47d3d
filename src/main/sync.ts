import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TsdbtError, throwProblems } from '../error/index.ts';
import type { SyncDefinition, SyncEvent, SyncResult } from '../sync/index.ts';
import { connect, type Database } from './database.ts';
import { openProject, readProject, type Session } from './open-project.ts';
import { postgresFor } from './postgres.ts';
import type { Request } from './request.ts';

/** `sync run`: swaps the named marts into Postgres, one after another; without names all of them, in the order of their files. */
export async function syncRun(request: Request, names: readonly string[]): Promise<number> {
  const session = await openProject(request);
  const database = await connect(session);
  try {
    await runSyncs(session, database, names);
    return 0;
  } finally {
    await database.close();
  }
}

/** `sync ls`: a line for each sync. */
export async function syncList(request: Request): Promise<number> {
  const project = await readProject(request);
  for (const sync of await definitions(project.root.root)) {
    const from = sync.source.kind === 'ref' ? sync.source.name : 'a query';
    const msg = `${sync.name}  ${from} -> ${sync.connection}: ${sync.table.schema}.${sync.table.name}  ${sync.mode}`;
    request.emit({ name: 'PrintEvent', data: { msg } });
  }
  return 0;
}

export async function runSyncs(session: Session, database: Database, names: readonly string[]): Promise<SyncResult[]> {
  const { project, request } = session;
  const all = await definitions(project.root.root);
  const chosen = choose(all, names);
  const { applySchema, runSync } = await import('../sync/index.ts');
  const results: SyncResult[] = [];
  const postgres = await postgresFor(project, request, chosen);
  try {
    for (const definition of chosen) {
      const server = postgres.of(definition);
      if (server.isPrivate) await applySchema(server.url, apiSchema(project.root.root));
      results.push(
        await runSync(definition, {
          clickhouse: database.driver!,
          postgresUrl: server.url,
          source: await sourceOf(session, database, definition),
          invocationId: project.invocation.id,
          emit: (event) => tell(request, event),
          signal: request.interrupted,
        }),
      );
    }
    return results;
  } finally {
    await postgres.release();
  }
}

async function definitions(root: string): Promise<readonly SyncDefinition[]> {
  const { loadSyncs } = await import('../sync/index.ts');
  const { syncs, problems } = await loadSyncs(join(root, 'syncs'), 'syncs');
  throwProblems(problems);
  return syncs;
}

function choose(all: readonly SyncDefinition[], names: readonly string[]): readonly SyncDefinition[] {
  if (names.length === 0) return all;
  return names.map((name) => {
    const found = all.find((sync) => sync.name === name);
    if (found !== undefined) return found;
    throw new TsdbtError({
      code: 'TSD9001',
      message: `There is no sync named '${name}'`,
      hint: all.length === 0 ? 'syncs/*.yml define none.' : `There are: ${all.map((sync) => sync.name).join(', ')}.`,
    });
  });
}

/** What stands after FROM: the mart's relation, or the definition's own query with its references filled in. */
async function sourceOf(session: Session, database: Database, { source, at }: SyncDefinition): Promise<string> {
  const compiler = await session.compiler();
  const { relationOf, renderSql } = await import('../compile/index.ts');
  if (source.kind === 'query') return `(${await renderSql(compiler, database.adapter, source.sql, at.file)})`;
  const relation = relationOf(compiler, source.package, source.name);
  if (relation !== undefined) return relation;
  throw new TsdbtError({
    code: 'TSD1103',
    message: `The sync reads ref('${source.name}'), which is no model, seed or snapshot of the project`,
    at,
  });
}

/** A private Postgres starts empty: the project's own statements make the tables its readers know. */
function apiSchema(root: string): string {
  const path = join(root, 'syncs', 'api_schema.sql');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function tell(request: Request, event: SyncEvent): void {
  request.emit({ name: 'SyncPhase', level: event.phase === 'done' ? 'info' : 'debug', data: { ...event } });
}
