import { join } from 'node:path';
import type { ExecuteOutcome } from '../execute/index.ts';
import { shownFlags } from '../util/flags.ts';
import type { Database } from './database.ts';
import { fileSink } from './files.ts';
import { runGraphFor } from './nodes.ts';
import type { Session } from './open-project.ts';
import type { Request } from './request.ts';

/** Commands that leave the database as it is. */
const COMPILES_ONLY = new Set(['compile', 'docs generate']);

/** Runs the chosen nodes, says how it went and writes the artifacts. */
export async function runNodes(
  session: Session,
  database: Database,
  chosen: ReadonlySet<string>,
): Promise<ExecuteOutcome> {
  const { project, request } = session;
  const { execute, summarize } = await import('../execute/index.ts');
  const compileOnly = COMPILES_ONLY.has(request.which);
  const data = { num_threads: project.target.threads, target_name: project.target.name };
  request.emit({ name: 'ConcurrencyLine', data });
  request.emit({ name: 'Formatting', data: { msg: '' } });
  const outcome = await execute({
    compiler: await session.compiler(),
    adapter: database.adapter,
    graph: await runGraphFor(session, chosen),
    threads: project.target.threads,
    failFast: project.flags['fail_fast'] === true,
    emit: request.emit,
    write: fileSink(project),
    hooks: !compileOnly,
    compileOnly,
    interrupted: request.interrupted,
    queryComment: project.queryComment,
  });
  if (!compileOnly || outcome.results.some((result) => result.status === 'error')) {
    summarize(request.emit, outcome, session.nodeOf, request.interrupted.aborted);
  }
  await writeArtifacts(session, outcome);
  return outcome;
}

/** manifest.json and run_results.json. */
export async function writeArtifacts(session: Session, outcome: ExecuteOutcome): Promise<void> {
  const { project, parsed, request } = session;
  if (project.flags['write_json'] === false) return;
  const { writeManifest, writeRunResults } = await import('../artifacts/index.ts');
  writeManifest(project.targetPath, parsed.manifest, outcome.compiled);
  writeRunResults(project.targetPath, {
    invocation: project.invocation,
    results: outcome.results,
    elapsed: outcome.elapsed,
    args: shownFlags(project.flags),
    env: parsed.manifest.metadata.env,
  });
  const path = join(project.targetPath, 'run_results.json');
  request.emit({ name: 'ArtifactWritten', data: { artifact_type: 'RunExecutionResult', artifact_path: path } });
}

const BAD = new Set(['error', 'fail', 'runtime error', 'partial success', 'skipped']);

/** 0 all good, 1 a result is bad, 2 interrupted. */
export function exitCode(outcome: ExecuteOutcome, request: Request): number {
  if (request.interrupted.aborted) return 2;
  return outcome.results.some((result) => BAD.has(result.status)) ? 1 : 0;
}
