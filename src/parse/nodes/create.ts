import type { CompiledNodeBase, NodeBase, NodeConfig, ResourceType } from '../../model/index.ts';
import type { DataMap } from '../../util/data.ts';
import type { Checksum } from '../files/source.ts';
import type { Writable } from '../types.ts';

/** What is known of a node before its code is rendered. */
export interface NodeFacts {
  readonly resourceType: ResourceType;
  readonly name: string;
  readonly packageName: string;
  readonly path: string;
  readonly file: string;
  readonly uniqueId: string;
  readonly fqn: readonly string[];
  readonly checksum: Checksum;
  readonly code: string;
  /** `sql` where nothing is said. */
  readonly language?: string;
}

export interface Defaults {
  readonly schema: string;
  readonly database: string;
  /** Seconds since 1970. */
  readonly createdAt: number;
}

/** The fields every node of the manifest has, in the manifest's order. */
export function baseNode(facts: NodeFacts, config: DataMap, defaults: Defaults): Writable<NodeBase> {
  return {
    database: defaults.database,
    schema: defaults.schema,
    name: facts.name,
    resource_type: facts.resourceType,
    package_name: facts.packageName,
    path: facts.path,
    original_file_path: facts.file,
    unique_id: facts.uniqueId,
    fqn: facts.fqn,
    alias: facts.name,
    checksum: facts.checksum,
    config: config as unknown as NodeConfig,
    tags: [],
    description: '',
    columns: {},
    meta: {},
    group: null,
    docs: { show: true, node_color: null },
    patch_path: null,
    build_path: null,
    unrendered_config: {},
    created_at: defaults.createdAt,
    relation_name: null,
    raw_code: facts.code,
    doc_blocks: [],
  };
}

/** The same with what a node with SQL has on top. Assigned, since a copy of so many fields would cost more than all the rest. */
export function compiledNode(facts: NodeFacts, config: DataMap, defaults: Defaults): Writable<CompiledNodeBase> {
  return Object.assign(baseNode(facts, config, defaults), {
    language: facts.language ?? 'sql',
    refs: [],
    sources: [],
    metrics: [],
    functions: [],
    depends_on: { macros: [], nodes: [] },
    compiled_path: null,
    contract: { enforced: false, alias_types: true, checksum: null },
  });
}

/** The fields of a model that no other node has. */
export const MODEL_FIELDS = {
  access: 'protected',
  constraints: [],
  version: null,
  latest_version: null,
  deprecation_date: null,
  primary_key: [],
  time_spine: null,
} as const;
