import type { GraphMember } from '../graph/index.ts';
import type { GraphNode, ModelNode, NodeInfo, SeedNode, SnapshotNode } from '../model/index.ts';
import { localMicros } from '../util/time.ts';
import { isMicrobatch } from './runners/batches.ts';

export interface NodeMoment {
  readonly status: string;
  readonly started?: Date | undefined;
  readonly finished?: Date | undefined;
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
    node_started_at: moment.started === undefined ? '' : localMicros(moment.started),
    node_finished_at: moment.finished === undefined ? '' : localMicros(moment.finished),
    node_checksum: checksumOf(node),
    meta: node.config.meta,
    node_relation: {
      database: located?.database ?? '',
      schema: located?.schema ?? (node.resource_type === 'unit_test' ? (node.schema ?? '') : ''),
      alias: located !== undefined && 'alias' in located ? located.alias : '',
      relation_name: (located !== undefined && 'relation_name' in located ? located.relation_name : null) ?? '',
    },
  };
}

function checksumOf(node: GraphNode): string {
  return 'checksum' in node && typeof node.checksum === 'object' ? node.checksum.checksum : '';
}

/** The relation as the database writes it. */
export function qualified(node: SnapshotNode | ModelNode | SeedNode): string {
  return node.relation_name ?? `${node.schema}.${node.alias}`;
}

/** How a start or result line names a node: `sql view model `dbt`.`x``, `seed file `dbt`.`y``, `test z`. */
export function describe(node: GraphNode): string {
  switch (node.resource_type) {
    case 'model':
      return `${node.language} ${isMicrobatch(node) ? 'microbatch' : node.config.materialized} model ${qualified(node)}`;
    case 'seed':
      return `seed file ${qualified(node)}`;
    case 'snapshot':
      return `snapshot ${qualified(node)}`;
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

/** Ephemeral models are compiled into their readers and have no line of their own. */
export function isSilent(node: GraphMember): boolean {
  return node.resource_type === 'model' && (node as GraphNode).config.materialized === 'ephemeral';
}
