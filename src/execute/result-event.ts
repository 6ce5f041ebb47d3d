import { fromData, str } from '../context/index.ts';
import type { Event, GraphNode, Level, RunResult, SnapshotNode } from '../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../util/data.ts';
import { groupOf } from './group.ts';
import { describe, qualified, testName } from './node-info.ts';
import type { ExecuteInput } from './types.ts';

/** dbt's event for the end of a node: each resource type has its own. */
export function resultEvent(
  input: Pick<ExecuteInput, 'compiler'>,
  node: GraphNode,
  result: RunResult,
  place: { readonly index: number; readonly total: number },
): Event {
  const { index, total } = place;
  const group = groupOf(input.compiler.input.manifest, node);
  const common = { index, total, execution_time: result.execution_time, ...(group === undefined ? {} : { group }) };
  const bad = result.status === 'error';
  const level = levelOf(result);
  const message = result.message ?? '';
  switch (node.resource_type) {
    case 'model': {
      const partial = result.status === 'partial success';
      const status = bad || partial ? result.status : (result.message ?? result.status);
      return { name: 'LogModelResult', level, data: { ...common, description: describe(node), status } };
    }
    case 'seed': {
      const data = { ...common, schema: node.schema, relation: node.alias, status: result.status };
      return { name: 'LogSeedResult', level, data: { ...data, result_message: message } };
    }
    case 'snapshot': {
      const data = { ...common, description: qualified(node), status: result.status, cfg: pythonTexts(node) };
      return { name: 'LogSnapshotResult', level, data: { ...data, result_message: message } };
    }
    case 'test':
    case 'unit_test': {
      const { total: num_models, ...rest } = common;
      const data = { ...rest, num_models, name: testName(node), status: result.status };
      const attached_node = (node.resource_type === 'test' ? node.attached_node : null) ?? '';
      return { name: 'LogTestResult', level, data: { ...data, num_failures: result.failures ?? 0, attached_node } };
    }
    case 'exposure':
      return { name: 'LogNodeNoOpResult', data: { ...common, description: describe(node), status: '' } };
    default: {
      const status = bad ? 'error' : (result.message ?? result.status);
      return { name: 'LogNodeResult', level, data: { ...common, description: describe(node), status } };
    }
  }
}

function levelOf({ status }: RunResult): Level {
  if (status === 'error' || status === 'fail' || status === 'partial success') return 'error';
  return status === 'warn' ? 'warn' : 'info';
}

/** dbt's event holds every value of the configuration as Python prints it, and what is unset not at all. */
function pythonTexts(node: SnapshotNode): Readonly<Record<string, string>> {
  const said = Object.entries(withoutNulls(node.config) as DataMap);
  return Object.fromEntries(said.map(([key, value]) => [key, str(fromData(value as Data))]));
}

function withoutNulls(value: unknown): unknown {
  if (!isDataMap(value as Data)) return value;
  const said = Object.entries(value as DataMap).filter(([, one]) => one !== null && one !== undefined);
  return Object.fromEntries(said.map(([key, one]) => [key, withoutNulls(one)]));
}
