import { join, resolve } from 'node:path';
import type { Node, SourceNode } from '../model/index.ts';
import { connect } from './database.ts';
import { executeInput } from './execute-input.ts';
import { chooseNodes } from './nodes.ts';
import { openProject, type Session } from './open-project.ts';
import type { Request } from './request.ts';
import { writeManifests } from './run-nodes.ts';

/** `source freshness`: how old the newest rows of the sources are, on the screen and in sources.json. */
export async function sourceFreshness(request: Request): Promise<number> {
  const session = await openProject(request);
  const { project, parsed } = session;
  const chosen = [...(await chooseNodes(session))].filter((id) => hasFreshness(parsed.manifest.sources[id]));
  if (chosen.length === 0) {
    request.emit({ name: 'NothingToDo', data: {} });
    await write(session, { results: [], compiled: new Map() }, 0);
    request.emit({ name: 'FreshnessCheckComplete', data: {} });
    return 0;
  }
  const { target } = project;
  const data = { num_threads: target.threads, target_name: target.name, node_count: chosen.length };
  request.emit({ name: 'Formatting', data: { msg: '' } });
  request.emit({ name: 'ConcurrencyLine', data });
  request.emit({ name: 'Formatting', data: { msg: '' } });
  const database = await connect(session);
  const began = performance.now();
  try {
    const { runFreshness } = await import('../execute/index.ts');
    const hooks = project.flags['source_freshness_run_project_hooks'] === false ? ('none' as const) : ('run' as const);
    const input = { ...(await executeInput(session, database, session.graph.subset(chosen))), hooks };
    const compiled = new Map<string, Node>();
    const results = await runFreshness(input, compiled);
    await write(session, { results, compiled }, (performance.now() - began) / 1000);
    if (request.interrupted.aborted) return 2;
    return results.every(({ status }) => status === 'pass' || status === 'warn') ? 0 : 1;
  } finally {
    await database.close();
  }
}

async function write(
  session: Session,
  { results, compiled }: Pick<Parameters<Writer>[1], 'results'> & { readonly compiled: ReadonlyMap<string, Node> },
  elapsed: number,
): Promise<void> {
  const { project, parsed, request } = session;
  if (project.flags['write_json'] === false) return;
  const { writeSources } = await import('../artifacts/index.ts');
  await writeManifests(session, compiled);
  const given = project.flags['output'];
  const path = typeof given === 'string' ? resolve(request.cwd, given) : join(project.targetPath, 'sources.json');
  writeSources(path, { invocation: project.invocation, results, elapsed, env: parsed.manifest.metadata.env });
  request.emit({
    name: 'ArtifactWritten',
    data: { artifact_type: 'FreshnessResult', artifact_path: path },
  });
}

type Writer = typeof import('../artifacts/index.ts')['writeSources'];

function hasFreshness(source: SourceNode | undefined): boolean {
  const freshness = source?.freshness;
  return freshness?.warn_after?.count != null || freshness?.error_after?.count != null;
}
