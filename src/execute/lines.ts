import { dirname } from 'node:path/posix';
import type { Event, GraphNode, NodeInfo, NodeProblem, RunResult } from '../model/index.ts';
import { describe, nodeInfo } from './node-info.ts';
import { describeProblem } from './problem.ts';
import { resultEvent } from './result-event.ts';
import { loggedResult } from './run-result-event.ts';
import type { ExecuteInput } from './types.ts';

/** Where a node stands in the run: its number, of how many, and the worker it got. */
export interface Place {
  readonly index: number;
  readonly total: number;
  readonly thread: number;
  /** Ephemeral models are compiled into their readers: unless that fails, no line is theirs. */
  readonly silent: boolean;
  /** What is wrong with it is said with each node that reads it. */
  readonly toldByReaders?: boolean;
}

type Telling = Pick<ExecuteInput, 'emit' | 'compiler' | 'compileOnly' | 'clones'>;

/** Says what happens to one node, from its first event to its last. */
export interface NodeLines {
  start(): void;
  compiling(): void;
  written(): void;
  executing(): void;
  finish(result: RunResult, finished: Date, problem: NodeProblem | undefined): void;
}

export function nodeLines(input: Telling, node: GraphNode, place: Place, started: Date): NodeLines {
  const thread = threadName(place.thread);
  const say = (event: Event): void => input.emit({ ...event, thread });
  // Commands that leave what nodes mean as it is tell of failures alone.
  const hasLines = !place.silent && !input.compileOnly && input.clones === undefined;
  const at = (status: string, finished?: Date) => nodeInfo(node, { status, started, finished });
  return {
    start() {
      const node_info = at('started');
      say({ name: 'NodeStart', data: { node_info } });
      if (!hasLines || node.resource_type === 'exposure') return;
      const data = { description: describe(node), index: place.index, total: place.total, node_info };
      say({ name: 'LogStartLine', data });
    },
    compiling: () => say({ name: 'NodeCompiling', data: { node_info: at('compiling') } }),
    written() {
      // A unit test is compiled when it is run.
      const status = node.resource_type === 'unit_test' ? 'executing' : 'compiling';
      say({ name: 'WritingInjectedSQLForNode', data: { node_info: at(status) } });
    },
    executing() {
      if (!place.silent || node.resource_type === 'operation')
        say({ name: 'NodeExecuting', data: { node_info: at('executing') } });
    },
    finish(result, finished, problem) {
      const node_info = at(result.status, finished);
      if (hasLines && result.status === 'skipped') {
        saySkipped(input, node, place, result, started);
        return;
      }
      if (hasLines || result.status === 'error') {
        const event = resultEvent(input, node, result, place);
        const level = place.toldByReaders === true ? { level: 'debug' as const } : {};
        say({ ...event, ...level, problem, data: { ...event.data, node_info: unitInfo(node) ?? node_info } });
      }
      say({ name: 'NodeFinished', data: { node_info, run_result: loggedResult(result) } });
    },
  };
}

export function threadName(thread: number): string {
  return `Thread-${thread} (worker)`;
}

/**
 * A node that is not run because of another has its first and its last event all the same.
 * @param cause the ephemeral model because of which it is not run, if it is one
 */
export function announceSkip(
  input: Pick<ExecuteInput, 'emit' | 'graph'>,
  node: GraphNode,
  place: Place,
  result: RunResult,
  cause?: RunResult,
): void {
  const started = new Date();
  const node_info = nodeInfo(node, { status: 'started', started });
  input.emit({ name: 'NodeStart', thread: threadName(Math.max(1, place.thread)), data: { node_info } });
  if (cause === undefined) saySkipped(input, node, place, result, started);
  else sayUnable(input, node, place, { result, cause });
}

function sayUnable(
  { emit, graph }: Pick<ExecuteInput, 'emit' | 'graph'>,
  node: GraphNode,
  { index, total, thread: worker }: Place,
  { result, cause }: { readonly result: RunResult; readonly cause: RunResult },
): void {
  const thread = threadName(Math.max(1, worker));
  const schema = 'schema' in node ? node.schema : '';
  const node_info = nodeInfo(node, { status: 'skipped', started: new Date() });
  const data = { schema, relation: node.name, index, total, status: cause.status, node_info };
  emit({ name: 'LogSkipBecauseError', thread, data });
  describeProblem(emit, cause, graph.node(cause.unique_id) as GraphNode, false);
  emit({ name: 'NodeFinished', thread, data: { node_info, run_result: loggedResult(result) } });
}

function saySkipped(
  { emit }: Pick<ExecuteInput, 'emit'>,
  node: GraphNode,
  place: Place,
  result: RunResult,
  started: Date,
): void {
  const thread = threadName(Math.max(1, place.thread));
  const node_info = nodeInfo(node, { status: 'skipped', started });
  const details = {
    resource_type: node.resource_type,
    schema: 'schema' in node ? node.schema : '',
    node_name: 'alias' in node && isRelation(node) ? node.alias : node.name,
    index: place.index,
    total: place.total,
  };
  emit({ name: 'SkippingDetails', thread, data: { ...details, node_info } });
  emit({ name: 'NodeFinished', thread, data: { node_info, run_result: loggedResult(result) } });
}

function isRelation(node: GraphNode): boolean {
  return node.resource_type === 'model' || node.resource_type === 'seed' || node.resource_type === 'snapshot';
}

/** dbt's line of a unit test tells of the node that was made for it. */
function unitInfo(node: GraphNode): NodeInfo | undefined {
  if (node.resource_type !== 'unit_test') return undefined;
  const info = nodeInfo(node, { status: 'None' });
  return {
    ...info,
    materialized: 'unit',
    node_path: `${dirname(node.original_file_path)}/${node.name}.sql`,
    node_relation: { ...info.node_relation, alias: node.name },
  };
}
