import type { GraphMember } from '../graph/index.ts';
import type { Event, GraphNode, RunResult } from '../model/index.ts';
import { utcMicros } from '../util/time.ts';
import { describe, nodeInfo, testName } from './node-info.ts';
import type { ExecuteInput } from './types.ts';

/** Where a node stands in the run: its number, of how many, and the thread it got. */
export interface Place {
  readonly index: number;
  readonly total: number;
  readonly thread: number;
}

/** Ephemeral models are compiled into their readers and have no line of their own. */
export function isSilent(node: GraphMember): boolean {
  return node.resource_type === 'model' && (node as GraphNode).config.materialized === 'ephemeral';
}

export function announceStart(input: ExecuteInput, node: GraphNode, place: Place, started: Date): void {
  const info = nodeInfo(node, { status: 'started', startedAt: utcMicros(started), finishedAt: '' });
  if (!input.compileOnly && node.resource_type !== 'exposure' && !isSilent(node)) {
    input.emit({
      name: 'LogStartLine',
      data: { description: describe(node), index: place.index, total: place.total, node_info: info },
    });
  }
  input.emit({ name: 'NodeStart', data: { node_info: info } });
}

export function announceFinish(
  input: ExecuteInput,
  node: GraphNode,
  place: Place,
  result: RunResult,
  times: { readonly started: Date; readonly finished: Date },
): void {
  const info = nodeInfo(node, {
    status: result.status,
    startedAt: utcMicros(times.started),
    finishedAt: utcMicros(times.finished),
  });
  if (!(input.compileOnly || isSilent(node)) || result.status === 'error') {
    const event = resultEvent(node, result, place);
    input.emit({ ...event, data: { ...event.data, node_info: info } });
  }
  input.emit({ name: 'NodeFinished', data: { node_info: info, run_result: { ...result, compiled_code: null } } });
}

export function announceSkip(input: ExecuteInput, node: GraphNode, place: Place): void {
  const now = utcMicros(new Date());
  input.emit({
    name: 'SkippingDetails',
    data: {
      resource_type: node.resource_type,
      schema: 'schema' in node ? node.schema : '',
      node_name: 'alias' in node ? node.alias : testName(node),
      index: place.index,
      total: place.total,
      node_info: nodeInfo(node, { status: 'skipped', startedAt: now, finishedAt: now }),
    },
  });
}

function resultEvent(node: GraphNode, result: RunResult, place: Place): Event {
  const common = { index: place.index, total: place.total, execution_time: result.execution_time };
  const bad = result.status === 'error';
  const level = bad || result.status === 'fail' ? 'error' : result.status === 'warn' ? 'warn' : 'info';
  const description = describe(node);
  const status = bad ? 'error' : (result.message ?? result.status);
  switch (node.resource_type) {
    case 'model':
      return { name: 'LogModelResult', level, data: { ...common, description, status } };
    case 'seed': {
      const data = { ...common, schema: node.schema, relation: node.alias, status: result.status };
      return { name: 'LogSeedResult', level, data: { ...data, result_message: result.message ?? '' } };
    }
    case 'snapshot': {
      const data = { ...common, description, status: result.status, result_message: result.message ?? '' };
      return { name: 'LogSnapshotResult', level, data };
    }
    case 'test':
    case 'unit_test': {
      const data = { ...common, name: testName(node), status: result.status, num_failures: result.failures ?? 0 };
      return { name: 'LogTestResult', level, data: { ...data, num_models: place.total } };
    }
    case 'exposure':
      return { name: 'LogNodeNoOpResult', data: { ...common, description } };
    default:
      return { name: 'LogNodeResult', level, data: { ...common, description, status } };
  }
}
