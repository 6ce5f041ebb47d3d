import { join, relative, resolve } from 'node:path';
import { isTsdbtError } from '../error/index.ts';
import { secretHider } from '../util/env-var.ts';
import { ownVersion } from '../util/own-version.ts';
import { readOperations } from './docs-operations.ts';
import type { Session } from './open-project.ts';

/** Writes the documentation site from the artifacts as they lie in the target folder; one that cannot be read is told on the page. */
export async function writeDocsSite(session: Session): Promise<void> {
  const { project, request } = session;
  const { readArtifact, readRunRecords } = await import('../artifacts/index.ts');
  const { collectSite, writeSite } = await import('../docs/index.ts');
  const { flags, targetPath, root } = project;
  const problems: string[] = [];
  const read = (name: string, required = false, folder = targetPath): unknown => {
    const path = join(folder, name);
    try {
      const found = readArtifact(path);
      if (found === undefined && required) problems.push(`${name} was not there when this page was made.`);
      return found;
    } catch (error) {
      if (!isTsdbtError(error)) throw error;
      problems.push(`${name} could not be read; the page goes without it. (${error.message.replace(path, name)})`);
      return undefined;
    }
  };
  const { records, unread } = readRunRecords(project.statePath, await historyFiles(session));
  for (const name of unread)
    problems.push(`${name}, the record of a run, could not be read; the page goes without it.`);
  const manifest = read('manifest.json', true);
  const operations = await readOperations(session, generatedAt(manifest));
  problems.push(...operations.problems);
  const site = collectSite({
    project: root.name,
    target: project.target.name,
    toolVersion: ownVersion(),
    manifest,
    catalog: read('catalog.json', true),
    runResults: read('run_results.json'),
    sources: read('sources.json'),
    syncs: read('tsdbt_syncs.json'),
    storage: read('tsdbt_storage.json'),
    columnLineage: read('column_lineage.json'),
    runs: records,
    jobs: operations.jobs,
    syncNodes: operations.syncs,
    syncDefinitions: operations.syncDefinitions,
    trees: root.trees,
    state:
      typeof flags['state'] === 'string' ? read('manifest.json', true, resolve(root.root, flags['state'])) : undefined,
    problems,
    mask: secretHider(request.env),
    options: { sql: request.given['sql'] !== false, compiled: request.given['compiled'] !== false },
  });
  for (const path of await writeSite(targetPath, site, { static: flags['static'] === true })) {
    const shown = relative(request.cwd, path);
    request.emit({
      name: 'DocsWritten',
      data: { path: shown.startsWith('..') ? path : shown },
    });
  }
}

/** Records of runs elsewhere, such as those that CI keeps. */
async function historyFiles({ request }: Session): Promise<readonly string[]> {
  const { history } = request.given;
  if (history === undefined) return [];
  const { filesMatching } = await import('../util/glob.ts');
  return filesMatching(String(history), request.cwd);
}

function generatedAt(manifest: unknown): number {
  const { metadata } = (manifest ?? {}) as { readonly metadata?: { readonly generated_at?: string } };
  return Date.parse(metadata?.generated_at ?? '') || 0;
}
