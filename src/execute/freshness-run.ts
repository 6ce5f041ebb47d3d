import type { Node, OperationNode, RunResult, SourceNode } from '../model/index.ts';
import { utcMicros } from '../util/time.ts';
import { type Freshness, freshnessOf } from './freshness.ts';
import { runHooks } from './hooks.ts';
import { threadName } from './lines.ts';
import { nodeInfo } from './node-info.ts';
import { describeProblem } from './problem.ts';
import { checkQueryComment } from './query-comment.ts';
import { loggedResult } from './run-result-event.ts';
import { runInOrder } from './scheduler.ts';
import { announceFinished } from './summary.ts';
import type { ExecuteInput } from './types.ts';

const LEVELS = { pass: 'info', warn: 'warn', error: 'error', 'runtime error': 'error' } as const;

/** Asks every source of the graph, between the project's hooks, as many at a time as there are threads. */
export async function runFreshness(input: ExecuteInput, compiled: Map<string, Node>): Promise<readonly Freshness[]> {
  const { graph } = input;
  const found: Freshness[] = [];
  const began = performance.now();
  checkQueryComment(input);
  const before = input.hooks === 'run' ? await runHooks(input, 'on-run-start', new Map(), compiled) : [];
  const stopped = before.some(({ status }) => status === 'error');
  let index = 0;
  await runInOrder({
    graph,
    threads: input.threads,
    stopped: () => stopped || input.interrupted.aborted,
    async run(id, thread) {
      const source = graph.node(id) as SourceNode;
      const place = { index: ++index, total: graph.ids.length };
      const { source_name, name: table_name } = source;
      const started = new Date();
      const description = `freshness of ${source_name}.${table_name}`;
      const at = (status: string, finished?: Date) => nodeInfo(source, { status, started, finished });
      const step = (name: string, status: string): void => input.emit({ name, data: { node_info: at(status) } });
      step('NodeStart', 'started');
      input.emit({ name: 'LogStartLine', data: { description, ...place, node_info: at('started') } });
      step('NodeCompiling', 'compiling');
      step('NodeExecuting', 'executing');
      const result = await freshnessOf(input, source, thread);
      found.push(result);
      const execution_time = (result.finished.getTime() - result.started.getTime()) / 1000;
      const data = { ...place, status: result.status, source_name, table_name, execution_time };
      const node_info = at(result.status, result.finished);
      input.emit({ name: 'LogFreshnessResult', level: LEVELS[result.status], data: { ...data, node_info } });
      input.emit({ name: 'NodeFinished', data: { node_info, run_result: loggedFreshness(result, execution_time) } });
      return true;
    },
    skip: () => {},
  });
  const after = input.hooks === 'run' ? await runHooks(input, 'on-run-end', new Map(), compiled) : [];
  const ended = [...before, ...found.map(({ source }) => ({ unique_id: source.unique_id })), ...after];
  const { manifest } = input.compiler.input;
  const nodeOf = (id: string) => manifest.sources[id] ?? (manifest.nodes[id] as OperationNode | undefined);
  announceFinished(input.emit, ended, (performance.now() - began) / 1000, nodeOf);
  for (const { source, ...one } of found) {
    if (one.status.endsWith('error')) describeProblem(input.emit, { ...one, unique_id: source.unique_id }, source);
  }
  input.emit({ name: 'FreshnessCheckComplete', data: {} });
  return found;
}

function loggedFreshness({ status, message, adapterResponse, started, finished, thread }: Freshness, seconds: number) {
  const [began, ended] = [utcMicros(started), utcMicros(finished)];
  const timing: RunResult['timing'] = [
    { name: 'compile', started_at: began, completed_at: began },
    { name: 'execute', started_at: began, completed_at: ended },
  ];
  const timed = { timing, thread_id: threadName(thread), execution_time: seconds };
  return loggedResult({ ...timed, status, message, adapter_response: adapterResponse, failures: null });
}
