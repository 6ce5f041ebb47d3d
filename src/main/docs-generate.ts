import { cpSync, existsSync, rmSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { inputOf } from './call-input.ts';
import { connect, type Database } from './database.ts';
import { writeDocsSite } from './docs-site.ts';
import { writeStorage } from './docs-storage.ts';
import { chooseNodes, chooseSources } from './nodes.ts';
import { openProject, type Session } from './open-project.ts';
import type { Request } from './request.ts';
import { exitCode, runNodes } from './run-nodes.ts';

/** `docs generate`: compiles, unless told not to, writes catalog.json (what the database knows of the relations) and the site. */
export async function docsGenerate(request: Request): Promise<number> {
  const session = await openProject(request);
  const compiles = session.project.flags['compile'] !== false;
  const chosen = compiles ? await chooseNodes(session) : undefined;
  const database = await connect(session);
  try {
    if (chosen !== undefined) {
      const outcome = await runNodes(session, database, chosen);
      if (outcome.results.some((result) => result.status === 'error')) {
        request.emit({ name: 'CannotGenerateDocs', data: {} });
        return exitCode(outcome, request);
      }
    }
    copyAssets(session);
    const only = chosen && new Set([...(await selected(session, chosen)), ...(await chooseSources(session))]);
    await catalog(session, database, only);
    if (session.project.flags['empty_catalog'] !== true) await writeStorage(session, database.driver);
    await writeDocsSite(session);
    return 0;
  } finally {
    await database.close();
  }
}

/** A retry compiles what failed; its catalog has all that was asked for. */
async function selected(session: Session, chosen: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const { retried, ...request } = session.request;
  return retried === undefined ? chosen : await chooseNodes({ ...session, request });
}

async function catalog(session: Session, database: Database, only: ReadonlySet<string> | undefined): Promise<void> {
  const { project, parsed, request } = session;
  const { catalogTables, writeCatalog } = await import('../artifacts/index.ts');
  const { readCatalogRows } = await import('../execute/index.ts');
  const empty = project.flags['empty_catalog'] === true;
  if (!empty) request.emit({ name: 'BuildingCatalog', data: {} });
  const places = empty ? [] : placesOf(session, only);
  const rows = await readCatalogRows(await inputOf(session, database), places);
  const path = writeCatalog(project.targetPath, catalogTables(rows, parsed.manifest, empty ? new Set() : only), {
    ...project.invocation,
    env: parsed.manifest.metadata.env,
  });
  request.emit({ name: 'ArtifactWritten', data: { artifact_type: 'CatalogArtifact', artifact_path: path } });
  request.emit({ name: 'CatalogWritten', data: { path } });
}

/** Where the selected relations lie: models, seeds, snapshots, kept failures of tests, sources. */
function placesOf({ parsed }: Session, only: ReadonlySet<string> | undefined) {
  const { nodes, sources } = parsed.manifest;
  const wanted = (node: { readonly unique_id: string }): boolean => only === undefined || only.has(node.unique_id);
  const own = Object.values(nodes)
    .filter((node) => wanted(node) && node.relation_name !== null && node.config.materialized !== 'ephemeral')
    .map((node) => ({ schema: node.schema, identifier: node.alias }));
  const others = Object.values(sources)
    .filter(wanted)
    .map(({ schema, identifier }) => ({ schema, identifier }));
  return [...own, ...others];
}

/** Folders of `asset-paths` lie beside the documentation; one that would lie elsewhere is left out. */
function copyAssets({ project }: Session): void {
  for (const path of project.root.paths.asset) {
    const from = resolve(project.root.root, path);
    const to = resolve(project.targetPath, path);
    if (!to.startsWith(project.targetPath + sep)) continue;
    rmSync(to, { recursive: true, force: true });
    if (existsSync(from)) cpSync(from, to, { recursive: true });
  }
}
