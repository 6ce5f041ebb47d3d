import type { GraphNode, NodeInfo } from '../model/index.ts';

export interface NodeMoment {
  readonly status: string;
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** What dbt's events say of a node. */
export function nodeInfo(node: GraphNode, moment: NodeMoment): NodeInfo {
  const located = 'database' in node ? node : undefined;
  return {
    unique_id: node.unique_id,
    node_name: node.name,
    node_path: node.path,
    resource_type: node.resource_type,
    materialized: 'materialized' in node.config ? String(node.config.materialized) : '',
    node_status: moment.status,
    node_started_at: moment.startedAt,
    node_finished_at: moment.finishedAt,
    node_checksum: checksumOf(node),
    meta: node.config.meta,
    node_relation: {
      database: located?.database ?? '',
      schema: located?.schema ?? '',
      alias: located !== undefined && 'alias' in located ? located.alias : node.name,
      relation_name: (located !== undefined && 'relation_name' in located ? located.relation_name : null) ?? '',
    },
  };
}

function checksumOf(node: GraphNode): string {
  if (!('checksum' in node)) return '';
  return typeof node.checksum === 'string' ? node.checksum : node.checksum.checksum;
}

/** How a start or result line names a node: `sql view model dbt.x`, `seed file dbt.y`, `test z`. */
export function describe(node: GraphNode): string {
  switch (node.resource_type) {
    case 'model':
      return `${node.language} ${node.config.materialized} model ${node.schema}.${node.alias}`;
    case 'seed':
      return `seed file ${node.schema}.${node.alias}`;
    case 'snapshot':
      return `snapshot ${node.schema}.${node.alias}`;
    case 'unit_test':
      return `unit_test ${node.model}::${node.name}`;
    default:
      return `${node.resource_type} ${node.name}`;
  }
}

/** The name of a test on its result line. */
export function testName(node: GraphNode): string {
  return node.resource_type === 'unit_test' ? `${node.model}::${node.name}` : node.name;
}
