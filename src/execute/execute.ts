import { bareNode, writtenPath } from '../compile/index.ts';
import { fromData, type Value } from '../context/index.ts';
import type { CompilableNode, GraphNode, Node, RunResult } from '../model/index.ts';
import type { Data } from '../util/data.ts';
import { hooksOf, runHooks } from './hooks.ts';
import { announceSkip, threadName } from './lines.ts';
import { isSilent } from './node-info.ts';
import { describeProblem } from './problem.ts';
import { checkQueryComment } from './query-comment.ts';
import { FAIL_FAST, runNode } from './run-node.ts';
import { isMicrobatch } from './runners/batches.ts';
import { runInOrder } from './scheduler.ts';
import { openSession } from './session.ts';
import type { ExecuteInput, ExecuteOutcome } from './types.ts';

/** Runs the graph's nodes with the project's hooks around them. A failed node is a result, never an exception. */
export async function execute(input: ExecuteInput): Promise<ExecuteOutcome> {
  const began = performance.now();
  const compiled = new Map<string, Node>();
  const results: RunResult[] = [];
  checkQueryComment(input);
  await prepareSchemas(input);
  if (input.hooks === 'run') results.push(...(await runHooks(input, 'on-run-start', new Map(), compiled)));
  const startFailed = results.some((result) => result.status === 'error');

  await runNodes(input, startFailed, results, compiled);

  if (input.hooks === 'compile') await compileHooks(input, results, compiled);
  // As in dbt, an interrupted run ends without them.
  if (input.hooks === 'run' && !input.interrupted.aborted) {
    results.push(...(await runHooks(input, 'on-run-end', endWords(input, results), compiled)));
  }
  for (const node of input.compiler.ephemerals()) {
    if (node.resource_type === 'function') continue;
    compiled.set(node.unique_id, node);
    if (node.compiled_path !== null) input.write(node.compiled_path, node.compiled_code ?? '');
  }
  return { results, compiled, elapsed: (performance.now() - began) / 1000 };
}

/** `compile` takes hooks for nodes like any other. */
async function compileHooks(input: ExecuteInput, results: RunResult[], compiled: Map<string, Node>): Promise<void> {
  const hooks = [...hooksOf(input, 'on-run-start'), ...hooksOf(input, 'on-run-end')];
  for (const [index, hook] of hooks.entries()) {
    const place = { index: index + 1, total: hooks.length, thread: 1, silent: true };
    const { result, compiled: done } = await runNode(input, hook, place);
    results.push(result);
    if (done !== undefined) compiled.set(hook.unique_id, done as Node);
  }
}

/** One query tells what exists; schemas that do not are made before the first node. */
async function prepareSchemas(input: ExecuteInput): Promise<void> {
  const schemas = schemasOf(input);
  await input.adapter.loadCatalog([...schemas, ...(input.alsoRead ?? [])]);
  if (input.compileOnly || input.adapter.missingSchemas(schemas).length === 0) return;
  const root = input.compiler.input.environment.rootPackage.name;
  const session = openSession(input, bareNode('create_schemas', root, 'dbt_project.yml'));
  try {
    await input.adapter.createSchemas(schemas, session);
  } finally {
    await session.close();
  }
}

async function runNodes(
  input: ExecuteInput,
  skipAll: boolean,
  results: RunResult[],
  compiled: Map<string, Node>,
): Promise<void> {
  const { graph } = input;
  const halt = new AbortController();
  const running = { ...input, interrupted: AbortSignal.any([input.interrupted, halt.signal]) };
  const counted = graph.ids.filter((id) => !isSilent(graph.node(id)));
  const inFlight = new Set<string>();
  const sayCancelled = (): void => {
    for (const conn_name of inFlight) input.emit({ name: 'LogCancelLine', data: { conn_name } });
  };
  input.interrupted.addEventListener('abort', sayCancelled, { once: true });
  let index = 0;
  let stop = skipAll;
  let firstFailed: RunResult | undefined;
  /** Of what reads an ephemeral model that failed: that model's result. */
  const causes = new Map<string, RunResult>();
  const isToldByReaders = (id: string): boolean =>
    isSilent(graph.node(id)) && !input.compileOnly && graph.children(id).length > 0;
  const place = (id: string, thread: number) => ({
    index: isSilent(graph.node(id)) ? index : ++index,
    total: counted.length,
    thread,
    silent: isSilent(graph.node(id)),
    toldByReaders: isToldByReaders(id),
  });
  await runInOrder({
    graph,
    threads: input.threads,
    stopped: () => stop || input.interrupted.aborted,
    async run(id, thread) {
      const node = graph.node(id) as GraphNode;
      inFlight.add(id);
      const { result, compiled: done } = await runNode(running, node, place(id, thread));
      inFlight.delete(id);
      if (result.status === 'error' && isToldByReaders(id)) causes.set(id, result);
      else if (!isSilent(node) || result.status === 'error') results.push(result);
      const kept = afterRun(input, node, done);
      if (kept !== undefined) compiled.set(id, kept);
      const failed = result.status === 'error' || result.status === 'fail' || result.status === 'runtime error';
      if (input.failFast && (failed || result.status === 'partial success') && !stop) {
        stop = true;
        firstFailed = result;
        sayCancelled();
        // As in dbt, what still runs is ended on the server.
        halt.abort(FAIL_FAST);
      }
      // A clone reads no other clone.
      if (result.status === 'skipped') return false;
      return !failed || input.clones !== undefined || node.config['on_error'] === 'continue';
    },
    skip(id) {
      const node = graph.node(id) as GraphNode;
      // As in dbt, what is left is not told of one by one.
      if (halt.signal.aborted) {
        results.push(skipped(node, FAIL_FAST));
        return;
      }
      const cause = [...graph.parents(id)].map((parent) => causes.get(parent)).find((one) => one !== undefined);
      if (cause !== undefined) causes.set(id, cause);
      if (isSilent(node)) return;
      const message = cause === undefined ? null : causedBy(node, cause);
      const result = { ...skipped(node, message), thread_id: threadName(1) };
      announceSkip(input, node, place(id, 0), result, cause);
      results.push(result);
    },
  });
  input.interrupted.removeEventListener('abort', sayCancelled);
  // As dbt does, here and once more at the end.
  if (firstFailed !== undefined) {
    const { unique_id } = firstFailed;
    describeProblem(input.emit, firstFailed, (compiled.get(unique_id) ?? graph.node(unique_id)) as GraphNode);
  }
}

/** What the manifest keeps of a node that ran: what compiling made of it, and where its executed SQL was written. */
function afterRun(input: ExecuteInput, node: GraphNode, compiled: CompilableNode | undefined): Node | undefined {
  if (node.resource_type === 'unit_test' || compiled?.resource_type === 'function') return undefined;
  const done = compiled ?? (node.resource_type === 'seed' ? node : undefined);
  if (done === undefined || input.compileOnly || !BUILT.has(done.resource_type)) return compiled;
  if (isSilent(done) || (done.resource_type === 'model' && isMicrobatch(done))) return compiled;
  return { ...done, build_path: `${input.compiler.input.targetPath}/${writtenPath('run', done)}` };
}

const BUILT = new Set(['model', 'seed', 'snapshot', 'test']);

function skipped(node: GraphNode, message: string | null): RunResult {
  return {
    status: 'skipped',
    timing: [],
    thread_id: 'MainThread',
    execution_time: 0,
    adapter_response: {},
    message,
    failures: null,
    unique_id: node.unique_id,
    compiled: 'raw_code' in node && node.resource_type !== 'seed' ? false : null,
    compiled_code: null,
    relation_name: 'relation_name' in node ? node.relation_name : null,
    batch_results: null,
    overload_results: null,
  };
}

/** dbt's message of a node that reads an ephemeral model which does not compile. */
function causedBy({ unique_id }: GraphNode, cause: RunResult): string {
  return `Compilation Error in ${unique_id}, caused by compilation error in referenced ephemeral model ${cause.unique_id}`;
}

function schemasOf(input: ExecuteInput): string[] {
  const schemas = new Set<string>();
  for (const id of input.graph.ids) {
    const node = input.graph.node(id) as GraphNode;
    const makes = node.resource_type === 'model' || node.resource_type === 'seed' || node.resource_type === 'snapshot';
    const stores = node.resource_type === 'test' && node.relation_name !== null;
    if ((makes && node.config.materialized !== 'ephemeral') || stores) schemas.add((node as Node).schema);
  }
  return [...schemas];
}

/** What templates of on-run-end find besides the usual words. */
function endWords(input: ExecuteInput, results: readonly RunResult[]): Map<string, Value> {
  const schemas = schemasOf(input);
  const told = results.map((result) => ({
    ...result,
    node: input.graph.has(result.unique_id) ? input.graph.node(result.unique_id) : null,
  }));
  return new Map<string, Value>([
    ['schemas', fromData(schemas)],
    ['database_schemas', fromData(schemas.map((schema) => ['', schema]))],
    ['results', fromData(told as unknown as Data)],
  ]);
}
