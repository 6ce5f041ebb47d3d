import type { Event, GraphNode, NodeProblem, RunResult } from '../model/index.ts';
import { describe, type NodeMoment, nodeInfo } from './node-info.ts';
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
}

/** Says what happens to one node, from its first event to its last. */
export interface NodeLines {
  start(): void;
  compiling(): void;
  written(): void;
  executing(): void;
  finish(result: RunResult, finished: Date, problem: NodeProblem | undefined): void;
}

export function nodeLines(input: ExecuteInput, node: GraphNode, place: Place, started: Date): NodeLines {
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
    written: () => say({ name: 'WritingInjectedSQLForNode', data: { node_info: at('compiling') } }),
    executing() {
      if (!place.silent) say({ name: 'NodeExecuting', data: { node_info: at('executing') } });
    },
    finish(result, finished, problem) {
      const node_info = at(result.status, finished);
      if (hasLines && result.status === 'skipped') announceSkip(input, node, place);
      else if (hasLines || result.status === 'error') {
        const event = resultEvent(input, node, result, place);
        say({ ...event, problem, data: { ...event.data, node_info } });
      }
      say({ name: 'NodeFinished', data: { node_info, run_result: loggedResult(result) } });
    },
  };
}

export function threadName(thread: number): string {
  return `Thread-${thread} (worker)`;
}

export function announceSkip(input: ExecuteInput, node: GraphNode, place: Place): void {
  const now = new Date();
  const moment: NodeMoment = { status: 'skipped', started: now, finished: now };
  input.emit({
    name: 'SkippingDetails',
    thread: threadName(Math.max(1, place.thread)),
    data: {
      resource_type: node.resource_type,
      schema: 'schema' in node ? node.schema : '',
      node_name: 'alias' in node && isRelation(node) ? node.alias : node.name,
      index: place.index,
      total: place.total,
      node_info: nodeInfo(node, moment),
    },
  });
}

function isRelation(node: GraphNode): boolean {
  return node.resource_type === 'model' || node.resource_type === 'seed' || node.resource_type === 'snapshot';
}
