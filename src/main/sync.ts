import type { SyncResult } from '../sync/index.ts';
import { connect, type Database } from './database.ts';
import { openProject, type Session } from './open-project.ts';
import { postgresFor } from './postgres.ts';
import type { Request } from './request.ts';
import { historyPlace, keepHistory, syncEntriesOf } from './run-history.ts';
import { chooseSyncs, openSyncs, type ProjectSync, type ProjectSyncs } from './sync-nodes.ts';
import { depsOf, eachSync, type SyncRun, type SyncWork, writeSyncsArtifact } from './sync-run.ts';

/** `sync run`: pushes the chosen marts to Postgres. 1 where one of them failed. */
export async function syncRun(request: Request, names: readonly string[]): Promise<number> {
  const session = await openProject(request);
  return withChosen(session, names, async (database, syncs, chosen) => {
    const { outcomes } = await runSyncs(session, database, syncs, chosen);
    return outcomes.every(({ status }) => status === 'success') ? 0 : 1;
  });
}

/** `sync rollback`: the rows before the last run take their place back. */
export async function syncRollback(request: Request, names: readonly string[]): Promise<number> {
  const session = await openProject(request);
  const { rollbackSync } = await import('../sync/index.ts');
  return withChosen(session, names, async (database, syncs, chosen) => {
    const to = Number(request.given['to'] ?? 1);
    const work: SyncWork = ({ definition }, deps) => rollbackSync(definition, deps, to);
    const { outcomes } = await recorded(session, database, syncs, () => eachSync(session, database, chosen, work));
    return outcomes.every(({ status }) => status === 'success') ? 0 : 1;
  });
}

/** `sync plan`: what runs would change; nothing is touched. 1 where one of them would be refused. */
export async function syncPlan(request: Request, names: readonly string[]): Promise<number> {
  const session = await openProject(request);
  const { previewSync } = await import('../sync/index.ts');
  return withChosen(session, names, async (database, _, chosen) => {
    const definitions = chosen.map(({ definition }) => definition);
    const postgres = await postgresFor(session.project, request, definitions);
    let refused = false;
    try {
      for (const sync of chosen) {
        const preview = await previewSync(sync.definition, await depsOf(session, database, postgres, sync));
        refused ||= preview.problems.length > 0;
        const withStatements = request.given['statements'] === true;
        const { statements, ...said } = preview;
        const json = () => JSON.stringify(withStatements ? preview : said);
        const msg = request.given['output'] === 'json' ? json() : previewText(preview, withStatements);
        request.emit({ name: 'PrintEvent', data: { msg } });
      }
    } finally {
      await postgres.release();
    }
    return refused ? 1 : 0;
  });
}

type Preview = Awaited<ReturnType<typeof import('../sync/index.ts').previewSync>>;

function previewText({ name, target, mode, format, ...preview }: Preview, withStatements: boolean): string {
  const indent = (text: string) => text.replace(/^/gm, '    ');
  return [
    `${name} -> ${target} (${mode}, ${format} COPY)`,
    ...preview.differences.map((line) => `  ${line}`),
    ...preview.notes.map((line) => `  note: ${line}`),
    ...preview.problems.map((line) => `  refused: ${line}`),
    ...(withStatements ? preview.statements.map((sql) => `${indent(sql)};`) : []),
  ].join('\n');
}

/** `sync ls`: a line for each chosen sync, or its node as JSON. */
export async function syncList(request: Request, names: readonly string[]): Promise<number> {
  const session = await openProject(request);
  for (const { definition, node } of await chooseSyncs(session, await openSyncs(session), names)) {
    const from = definition.source.kind === 'ref' ? definition.source.name : 'a query';
    const line = `${node.name}  ${from} -> ${node.connection}: ${node.target}  ${node.mode}`;
    const msg = { json: JSON.stringify(node), name: node.name }[String(request.given['output'])] ?? line;
    request.emit({ name: 'PrintEvent', data: { msg } });
  }
  return 0;
}

/** `sync schema`: JSON Schema of the files in syncs/, for editors. */
export async function syncSchema(request: Request): Promise<number> {
  const { syncJsonSchema } = await import('../sync/index.ts');
  request.emit({ name: 'PrintEvent', data: { msg: JSON.stringify(await syncJsonSchema(), null, 2) } });
  return 0;
}

/** The named syncs of a project, within a run of something else. */
export async function runNamedSyncs(session: Session, database: Database, names: readonly string[]): Promise<SyncRun> {
  const syncs = await openSyncs(session);
  return runSyncs(session, database, syncs, await chooseSyncs(session, syncs, names));
}

async function runSyncs(
  session: Session,
  database: Database,
  syncs: ProjectSyncs,
  chosen: readonly ProjectSync[],
): Promise<SyncRun> {
  const { runSync, waitForSource } = await import('../sync/index.ts');
  const { lastBuilt } = await import('../adapter/index.ts');
  const place = historyPlace(session, database);
  const { request } = session;
  const work = async (sync: ProjectSync, deps: Parameters<SyncWork>[1]): Promise<SyncResult> => {
    if (request.given['wait'] !== false) {
      const tell = (message: string): void => request.emit({ name: 'SyncWaiting', data: { message } });
      const { clickhouse, signal } = deps;
      await waitForSource(sync.definition, {
        clickhouse,
        signal,
        tell,
        tables: tablesOf(syncs, sync),
        ...(place && { lastBuilt: (relations) => lastBuilt(place, relations).catch(() => new Map()) }),
      });
    }
    return runSync(sync.definition, deps);
  };
  return recorded(session, database, syncs, () => eachSync(session, database, chosen, work));
}

async function recorded(
  session: Session,
  database: Database,
  syncs: ProjectSyncs,
  work: () => Promise<SyncRun>,
): Promise<SyncRun> {
  const start = performance.now();
  const run = await work();
  await writeSyncsArtifact(session, syncs, run.outcomes, (performance.now() - start) / 1000);
  await keepHistory(session, database, syncEntriesOf(run.outcomes));
  return run;
}

/** The tables of models that a sync reads; raw sources come from elsewhere and have freshness rules of their own. */
function tablesOf(
  { graph }: ProjectSyncs,
  { node }: ProjectSync,
): { readonly database: string; readonly name: string }[] {
  return node.depends_on.nodes.flatMap((id) => {
    const read = graph.node(id);
    return read.resource_type === 'model' && 'alias' in read && typeof read.alias === 'string' && 'schema' in read
      ? [{ database: String(read.schema), name: read.alias }]
      : [];
  });
}

async function withChosen(
  session: Session,
  names: readonly string[],
  work: (database: Database, syncs: ProjectSyncs, chosen: readonly ProjectSync[]) => Promise<number>,
): Promise<number> {
  const syncs = await openSyncs(session);
  const chosen = await chooseSyncs(session, syncs, names);
  if (chosen.length === 0) {
    session.request.emit({ name: 'NoNodesSelected', data: {} });
    return 0;
  }
  const database = await connect(session);
  try {
    return await work(database, syncs, chosen);
  } finally {
    await database.close();
  }
}
