import { join } from 'node:path';
import { TsdbtError } from '../error/index.ts';
import type { ExecuteInput, ExecuteOutcome } from '../execute/index.ts';
import type { GraphMember } from '../graph/index.ts';
import type { ModelNode, Node, RunResult } from '../model/index.ts';
import { shownFlags } from '../util/flags.ts';
import { utcMicros } from '../util/time.ts';
import type { Database } from './database.ts';
import { executeInput } from './execute-input.ts';
import { runGraphFor } from './nodes.ts';
import type { Session } from './open-project.ts';
import type { Request } from './request.ts';
import { entriesOf, keepHistory } from './run-history.ts';
import { liveRun, recordRun } from './run-record.ts';
import { showCompiled } from './show-compiled.ts';
import { showSeeds } from './show-seeds.ts';
import { deferral } from './state.ts';
import { watchNodes } from './watch.ts';

/** Commands that leave the database as it is. */
const COMPILES_ONLY = new Set(['compile', 'docs generate']);

/** Runs the chosen nodes, says how it went and writes the artifacts. */
export async function runNodes(
  session: Session,
  database: Database,
  chosen: ReadonlySet<string>,
  more: Pick<ExecuteInput, 'clones' | 'alsoRead'> = {},
): Promise<ExecuteOutcome> {
  const { request } = session;
  const { announceEnd, execute, summarize } = await import('../execute/index.ts');
  const compileOnly = COMPILES_ONLY.has(request.which);
  const graph = await runGraphFor(session, chosen);
  const hooks = compileOnly ? hooksToCompile(request) : 'run';
  const counted = graph.ids.filter((id) => isCounted(graph.node(id))).length;
  sayConcurrency(session, counted + (hooks === 'compile' ? countHooks(session) : 0));
  const deferring = more.clones === undefined ? await deferral(session, database, chosen) : undefined;
  const compiler = await session.compiler({ deferred: deferring?.deferred, selected: chosen });
  const input = await executeInput(session, database, graph);
  const watching = await watchNodes(session, database, graph);
  const live = compileOnly ? undefined : await liveRun(session, graph.ids);
  const executed = await execute({
    ...input,
    ...(live === undefined ? {} : { emit: live.emit }),
    compiler,
    hooks: more.clones !== undefined ? 'none' : hooks,
    compileOnly,
    alsoRead: deferring?.schemas ?? [],
    ...more,
  }).finally(() => {
    watching.stop();
    live?.end();
  });
  watching.ended(executed);
  if (compileOnly && !request.interrupted.aborted) throwRefused(executed);
  const outcome = withEphemerals(request, executed, chosen);
  const nodeOf = (id: string) => outcome.compiled.get(id) ?? session.nodeOf(id);
  const hasSummary = !compileOnly || outcome.results.some((result) => result.status === 'error');
  announceEnd(request.emit, outcome, session.nodeOf, !hasSummary || more.clones !== undefined);
  await writeArtifacts(session, outcome);
  if (!compileOnly && more.clones === undefined) {
    await recordRun(session, graph, outcome);
    await keepHistory(session, database, entriesOf(session, outcome.results));
  }
  if (request.which === 'seed' && session.project.flags['show'] === true) await showSeeds(session, database, outcome);
  if (hasSummary) summarize(request.emit, outcome, nodeOf, request.interrupted.aborted);
  else showCompiled(session, outcome, (id) => nodeOf(id)?.name ?? '');
  return outcome;
}

/** For dbt, what cannot be compiled is no result: it ends the command, and no artifact is written. */
function throwRefused({ results }: ExecuteOutcome): void {
  const refused = results.find(({ status }) => status === 'error');
  if (refused === undefined) return;
  throw new TsdbtError({ code: 'TSD2006', message: refused.message ?? `${refused.unique_id} cannot be compiled` });
}

/** Ephemeral models are compiled with what reads them; one that was asked for has a result of its own. */
function withEphemerals(
  { which, given }: Request,
  outcome: ExecuteOutcome,
  chosen: ReadonlySet<string>,
): ExecuteOutcome {
  if (which !== 'compile' || given['select'] === undefined) return outcome;
  const asked = [...outcome.compiled.values()].filter(
    (node) => node.config.materialized === 'ephemeral' && chosen.has(node.unique_id),
  );
  const now = utcMicros(new Date());
  const results = asked.map(
    (node): RunResult => ({
      status: 'success',
      timing: [{ name: 'compile', started_at: now, completed_at: now }],
      thread_id: 'Thread-1 (worker)',
      execution_time: 0,
      adapter_response: {},
      message: null,
      failures: null,
      unique_id: node.unique_id,
      compiled: true,
      compiled_code: ('compiled_code' in node ? node.compiled_code : null) ?? null,
      relation_name: null,
      batch_results: null,
      overload_results: null,
    }),
  );
  return { ...outcome, results: [...outcome.results, ...results] };
}

export function sayConcurrency({ project, request }: Session, node_count: number): void {
  const { target } = project;
  const data = { num_threads: target.threads, target_name: target.name, node_count };
  request.emit({ name: 'Formatting', data: { msg: '' } });
  request.emit({ name: 'ConcurrencyLine', data });
  request.emit({ name: 'Formatting', data: { msg: '' } });
}

const countHooks = ({ parsed }: Session): number =>
  Object.values(parsed.manifest.nodes).filter(({ resource_type }) => resource_type === 'operation').length;

/** Hooks have no name to be selected by: they are compiled with everything else. */
function hooksToCompile({ given }: Session['request']): 'compile' | 'none' {
  return ['select', 'selector', 'inline'].some((key) => given[key] !== undefined) ? 'none' : 'compile';
}

/** manifest.json and run_results.json. */
export async function writeArtifacts(session: Session, outcome: ExecuteOutcome): Promise<void> {
  const { project, parsed, request } = session;
  request.ended?.(outcome.results);
  if (project.flags['write_json'] === false) return;
  const { writeRunResults } = await import('../artifacts/index.ts');
  await writeManifests(session, outcome.compiled);
  writeRunResults(project.targetPath, {
    invocation: project.invocation,
    results: outcome.results,
    elapsed: outcome.elapsed,
    args: shownFlags(project.flags),
    env: parsed.manifest.metadata.env,
  });
  sayWritten(request, 'RunExecutionResult', join(project.targetPath, 'run_results.json'));
}

/** manifest.json with what was compiled, and semantic_manifest.json. */
export async function writeManifests(
  { project, parsed, request }: Session,
  compiled: ReadonlyMap<string, Node>,
): Promise<void> {
  const { writeManifest, writeSemanticManifest } = await import('../artifacts/index.ts');
  sayWritten(request, 'WritableManifest', writeManifest(project.targetPath, parsed.manifest, compiled));
  sayWritten(request, 'SemanticManifest', writeSemanticManifest(project.targetPath, parsed.written.semantics));
}

function sayWritten({ emit }: Request, artifact_type: string, artifact_path: string): void {
  emit({ name: 'ArtifactWritten', data: { artifact_type, artifact_path } });
}

/** dbt counts here what asks the database for something. */
function isCounted(node: GraphMember): boolean {
  if (node.resource_type === 'exposure') return false;
  return node.resource_type !== 'model' || (node as ModelNode).config.materialized !== 'ephemeral';
}

const BAD = new Set(['error', 'fail', 'runtime error', 'partial success', 'skipped']);

/** 0 all good, 1 a result is bad, 2 interrupted. */
export function exitCode(outcome: ExecuteOutcome, request: Request): number {
  if (request.interrupted.aborted) return 2;
  return outcome.results.some((result) => BAD.has(result.status)) ? 1 : 0;
}
