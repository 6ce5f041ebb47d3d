import type { Dialect } from '../../context/index.ts';
import type { Flags } from '../../model/index.ts';
import type { DataMap } from '../../util/data.ts';
import type { Templates } from '../templating/templates.ts';
import type { Draft, WritableNode } from '../types.ts';

export interface Naming {
  readonly templates: Templates;
  readonly dialect: Dialect;
  readonly flags: Flags;
  /** Quoting of dbt_project.yml. */
  readonly quoting: DataMap;
}

/** Gives the node its place in the database, once its configuration is final. */
export function nameRelation(draft: Draft, naming: Naming): void {
  const { node } = draft;
  const { config } = node;
  const { templates } = naming;
  node.database = templates.name('database', config.database ?? null, node) ?? '';
  node.schema = templates.name('schema', config.schema ?? null, node) ?? '';
  node.alias = templates.name('alias', config.alias ?? null, node) ?? node.name;
  if (node.resource_type === 'snapshot') {
    if (typeof config.target_database === 'string' && config.target_database) node.database = config.target_database;
    if (typeof config.target_schema === 'string' && config.target_schema) node.schema = config.target_schema;
  }
  node.relation_name = isRelation(node, naming.flags) ? relationName(node, naming) : null;
}

const RELATIONS = new Set(['model', 'seed', 'snapshot', 'function']);

/** Whether something of the node's name comes to exist in the database. */
function isRelation(node: WritableNode, flags: Flags): boolean {
  if (node.resource_type === 'test') return node.config.store_failures === true || flags.store_failures === true;
  return RELATIONS.has(node.resource_type) && node.config.materialized !== 'ephemeral';
}

function relationName(node: WritableNode, naming: Naming): string {
  const { quoting } = node.config;
  return naming.dialect.renderRelation({
    database: node.database,
    schema: node.schema,
    identifier: node.alias,
    quoting: { ...naming.quoting, ...(quoting as DataMap | undefined) },
  });
}
