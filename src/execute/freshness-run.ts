import type { SourceNode } from '../model/index.ts';
import { type Freshness, freshnessOf } from './freshness.ts';
import { runHooks } from './hooks.ts';
import { nodeInfo } from './node-info.ts';
import { checkQueryComment } from './query-comment.ts';
import { runInOrder } from './scheduler.ts';
import type { ExecuteInput } from './types.ts';

const LEVELS = { pass: 'info', warn: 'warn', error: 'error', 'runtime error': 'error' } as const;

/** Asks every source of the graph, between the project's hooks, as many at a time as there are threads. */
export async function runFreshness(input: ExecuteInput): Promise<readonly Freshness[]> {
  const { graph } = input;
  const found: Freshness[] = [];
  checkQueryComment(input);
  const before = input.hooks === 'run' ? await runHooks(input, 'on-run-start', new Map(), new Map()) : [];
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
      input.emit({ name: 'LogStartLine', data: { description, ...place, node_info: at('started') } });
      const result = await freshnessOf(input, source, thread);
      found.push(result);
      const execution_time = (result.finished.getTime() - result.started.getTime()) / 1000;
      const data = { ...place, status: result.status, source_name, table_name, execution_time };
      const node_info = at(result.status, result.finished);
      input.emit({ name: 'LogFreshnessResult', level: LEVELS[result.status], data: { ...data, node_info } });
      return true;
    },
    skip: () => {},
  });
  if (input.hooks === 'run') await runHooks(input, 'on-run-end', new Map(), new Map());
  for (const { message } of found) {
    if (message !== null) input.emit({ name: 'RunResultError', data: { msg: message } });
  }
  input.emit({ name: 'FreshnessCheckComplete', data: {} });
  return found;
}
