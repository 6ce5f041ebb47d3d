import { isDatabaseError, type NodeSession } from '../adapter/index.ts';
import type { CompilableNode, GraphNode, MacroNode, RunResult, Timing } from '../model/index.ts';
import { utcMicros } from '../util/time.ts';
import { failureMessage } from './failure.ts';
import { nodeLines, type Place, threadName } from './lines.ts';
import { problemOf } from './node-problem.ts';
import { placeOf } from './place.ts';
import { isMicrobatch } from './runners/batches.ts';
import { runClone } from './runners/clone.ts';
import { runDataTest } from './runners/data-test.ts';
import { runMicrobatch } from './runners/microbatch.ts';
import { runModel } from './runners/model.ts';
import { runSeed } from './runners/seed.ts';
import { runUnitTest } from './runners/unit-test.ts';
import { openSession } from './session.ts';
import type { ExecuteInput, Outcome, Running } from './types.ts';

export interface NodeRun {
  readonly result: RunResult;
  readonly compiled: CompilableNode | undefined;
}

/** Runs one node from its first line to its last. What goes wrong becomes the result. */
export async function runNode(input: ExecuteInput, node: GraphNode, place: Place): Promise<NodeRun> {
  const started = new Date();
  const lines = nodeLines(input, node, place, started);
  lines.start();
  let compiled: CompilableNode | undefined;
  let compiledAt: Date | undefined;
  const running: Running = {
    node,
    input,
    compiled(done) {
      compiled = done;
      compiledAt = new Date();
      if (done.compiled_path !== null) input.write(done.compiled_path, done.compiled_code ?? '');
      if (done.extra_ctes_injected === true) lines.written();
      if (node.resource_type !== 'unit_test') lines.executing();
    },
  };
  lines.compiling();
  // Batches are compiled one by one.
  const isBatched = node.resource_type === 'model' && isMicrobatch(node) && !input.compileOnly;
  if (isBatched || !isCompilable(node) || input.clones !== undefined) lines.executing();
  const outcome = await attempt(running, () => compiled?.compiled_path);
  const finished = new Date();
  // What cannot be compiled is not executed.
  const hasNoSql = outcome.status === 'error' && isCompilable(node) && compiled === undefined && !isBatched;
  const result: RunResult = {
    status: outcome.status,
    timing: hasNoSql ? timings(started, finished, finished).slice(0, 1) : timings(started, compiledAt, finished),
    thread_id: threadName(place.thread),
    execution_time: (finished.getTime() - started.getTime()) / 1000,
    adapter_response: outcome.adapterResponse,
    message: outcome.message,
    failures: outcome.failures,
    unique_id: node.unique_id,
    compiled: compiled !== undefined || isCompilable(node) ? compiled !== undefined : null,
    compiled_code: compiled?.compiled_code ?? null,
    relation_name: isCompilable(node) ? node.relation_name : null,
    batch_results: outcome.batchResults ?? null,
    overload_results: null,
  };
  lines.finish(result, finished, problemOf(node, result, outcome.error, macrosOf(input), compiled?.compiled_path));
  return { result, compiled };
}

/** Why a statement was ended, and dbt's message of a node that did not run to its end because another failed. */
export const FAIL_FAST = 'Skipping due to fail_fast';
/** ClickHouse's QUERY_WAS_CANCELLED. */
const CANCELLED = 394;

async function attempt(running: Running, compiledPath: () => string | null | undefined): Promise<Outcome> {
  const { input, node } = running;
  let session: NodeSession | undefined;
  try {
    session = openSession(input, node);
    return await dispatch(running, session);
  } catch (error) {
    if (input.interrupted.reason === FAIL_FAST && isDatabaseError(error) && error.databaseError.number === CANCELLED) {
      return { status: 'skipped', message: FAIL_FAST, failures: null, adapterResponse: {} };
    }
    const message = failureMessage(error, node, placeOf(node, error, macrosOf(input)), compiledPath() ?? undefined);
    return { status: 'error', message, failures: null, adapterResponse: {}, error };
  } finally {
    await session?.close();
  }
}

function macrosOf({ compiler }: ExecuteInput): Readonly<Record<string, MacroNode>> {
  return compiler.input.manifest.macros;
}

function dispatch(running: Running, session: NodeSession): Promise<Outcome> {
  const { node } = running;
  const { clones } = running.input;
  if (clones !== undefined && 'depends_on' in node) {
    return runClone({ ...running, node: node as CompilableNode }, session, clones.get(node.unique_id));
  }
  switch (node.resource_type) {
    case 'model':
      if (isMicrobatch(node) && !running.input.compileOnly) return runMicrobatch({ ...running, node }, session);
      return runModel({ ...running, node }, session);
    case 'snapshot':
    case 'function':
    case 'analysis':
    case 'operation':
    case 'sql_operation':
      return runModel({ ...running, node }, session);
    case 'seed':
      return runSeed({ ...running, node }, session);
    case 'test':
      return runDataTest({ ...running, node }, session);
    case 'unit_test':
      return runUnitTest({ ...running, node }, session);
    default:
      return Promise.resolve({ status: 'no-op', message: 'NO-OP', failures: 0, adapterResponse: {} });
  }
}

function isCompilable(node: GraphNode): node is CompilableNode {
  return 'raw_code' in node && node.resource_type !== 'seed';
}

function timings(started: Date, compiledAt: Date | undefined, finished: Date): Timing[] {
  const middle = compiledAt ?? started;
  return [
    { name: 'compile', started_at: utcMicros(started), completed_at: utcMicros(middle) },
    { name: 'execute', started_at: utcMicros(middle), completed_at: utcMicros(finished) },
  ];
}
