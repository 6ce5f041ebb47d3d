import type { Data, DataMap } from '../util/data.ts';

/** The nouns of manifest v12, with dbt's own field names, so that artifacts and templates see one and the same value. */

export type ResourceType =
  | 'model'
  | 'seed'
  | 'snapshot'
  | 'test'
  | 'analysis'
  | 'operation'
  | 'sql_operation'
  | 'source'
  | 'unit_test'
  | 'exposure'
  | 'metric'
  | 'semantic_model'
  | 'saved_query'
  | 'function'
  | 'macro'
  | 'doc'
  | 'group';

export type Access = 'private' | 'protected' | 'public';

export interface RefArgs {
  readonly name: string;
  readonly package: string | null;
  readonly version: string | number | null;
}

export interface DependsOn {
  readonly macros: readonly string[];
  readonly nodes: readonly string[];
}

export interface Hook {
  readonly sql: string;
  readonly transaction: boolean;
  readonly index: number | null;
}

/** A node's configuration: dbt's keys, then whatever the adapter or the user added. */
export interface NodeConfig {
  readonly enabled: boolean;
  readonly alias?: string | null;
  readonly schema?: string | null;
  readonly database?: string | null;
  readonly tags: readonly string[];
  readonly meta: DataMap;
  readonly group?: string | null;
  readonly materialized?: string;
  readonly 'pre-hook'?: readonly Hook[];
  readonly 'post-hook'?: readonly Hook[];
  readonly full_refresh?: boolean | null;
  readonly [key: string]: unknown;
}

export interface Constraint {
  readonly type: string;
  readonly name?: string | null;
  readonly expression?: string | null;
  readonly warn_unenforced?: boolean;
  readonly warn_unsupported?: boolean;
  readonly to?: string | null;
  readonly to_columns?: readonly string[];
  readonly columns?: readonly string[];
}

export interface ColumnInfo {
  readonly name: string;
  readonly description: string;
  readonly meta: DataMap;
  readonly data_type: string | null;
  readonly constraints: readonly Constraint[];
  readonly quote: boolean | null;
  readonly config: { readonly meta: DataMap; readonly tags: readonly string[] };
  readonly tags: readonly string[];
  readonly granularity: string | null;
  readonly dimension: Data;
  readonly entity: Data;
  readonly doc_blocks: readonly string[];
  readonly [key: string]: unknown;
}

interface Named {
  readonly name: string;
  readonly resource_type: ResourceType;
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  readonly unique_id: string;
}

/** What a node of `manifest.nodes` has in common. */
export interface NodeBase extends Named {
  readonly database: string;
  readonly schema: string;
  readonly fqn: readonly string[];
  readonly alias: string;
  readonly checksum: { readonly name: string; readonly checksum: string };
  readonly config: NodeConfig;
  readonly tags: readonly string[];
  readonly description: string;
  readonly columns: Readonly<Record<string, ColumnInfo>>;
  readonly meta: DataMap;
  readonly group: string | null;
  readonly docs: { readonly show: boolean; readonly node_color: string | null };
  readonly patch_path: string | null;
  readonly build_path: string | null;
  readonly unrendered_config: DataMap;
  readonly created_at: number;
  readonly relation_name: string | null;
  readonly raw_code: string;
  readonly doc_blocks: readonly string[];
}

/** A node with SQL of its own: model, test, snapshot, analysis, operation, sql_operation. */
export interface CompiledNodeBase extends NodeBase {
  readonly language: string;
  readonly refs: readonly RefArgs[];
  readonly sources: readonly (readonly [string, string])[];
  readonly metrics: readonly (readonly string[])[];
  readonly functions: readonly unknown[];
  readonly depends_on: DependsOn;
  readonly compiled_path: string | null;
  readonly compiled?: boolean;
  readonly compiled_code?: string;
  readonly extra_ctes_injected?: boolean;
  readonly extra_ctes?: readonly { readonly id: string; readonly sql: string }[];
  readonly contract: { readonly enforced: boolean; readonly alias_types: boolean; readonly checksum: string | null };
}

export interface ModelNode extends CompiledNodeBase {
  readonly resource_type: 'model';
  readonly access: Access;
  readonly constraints: readonly Constraint[];
  readonly version: string | number | null;
  readonly latest_version: string | number | null;
  readonly deprecation_date: string | null;
  readonly primary_key: readonly string[];
  readonly time_spine: Data;
}

export interface SnapshotNode extends CompiledNodeBase {
  readonly resource_type: 'snapshot';
}

export interface AnalysisNode extends CompiledNodeBase {
  readonly resource_type: 'analysis';
}

/** A hook of the project, a run-operation, or a statement given on the command line. */
export interface OperationNode extends CompiledNodeBase {
  readonly resource_type: 'operation' | 'sql_operation';
  readonly index?: number | null;
}

export interface TestNode extends CompiledNodeBase {
  readonly resource_type: 'test';
  /** Generic tests only. */
  readonly test_metadata?: { readonly name: string; readonly kwargs: DataMap; readonly namespace: string | null };
  readonly column_name?: string | null;
  readonly file_key_name?: string | null;
  readonly attached_node?: string | null;
}

export interface SeedNode extends NodeBase {
  readonly resource_type: 'seed';
  readonly root_path: string;
  readonly depends_on: { readonly macros: readonly string[] };
}

export type Node = ModelNode | SnapshotNode | AnalysisNode | OperationNode | TestNode | SeedNode;
export type CompilableNode = Exclude<Node, SeedNode>;

export interface FreshnessThreshold {
  readonly warn_after: { readonly count: number | null; readonly period: string | null };
  readonly error_after: { readonly count: number | null; readonly period: string | null };
  readonly filter: string | null;
}

export interface SourceNode extends Named {
  readonly resource_type: 'source';
  readonly database: string;
  readonly schema: string;
  readonly fqn: readonly string[];
  readonly source_name: string;
  readonly source_description: string;
  readonly loader: string;
  readonly identifier: string;
  readonly quoting: DataMap;
  readonly loaded_at_field: string | null;
  readonly loaded_at_query: string | null;
  readonly freshness: FreshnessThreshold | null;
  readonly external: Data;
  readonly description: string;
  readonly columns: Readonly<Record<string, ColumnInfo>>;
  readonly meta: DataMap;
  readonly source_meta: DataMap;
  readonly tags: readonly string[];
  readonly config: NodeConfig;
  readonly patch_path: string | null;
  readonly unrendered_config: DataMap;
  readonly relation_name: string;
  readonly created_at: number;
  readonly unrendered_database: string | null;
  readonly unrendered_schema: string | null;
  readonly doc_blocks: readonly string[];
}

export interface MacroNode extends Named {
  readonly resource_type: 'macro';
  readonly macro_sql: string;
  readonly depends_on: { readonly macros: readonly string[] };
  readonly description: string;
  readonly meta: DataMap;
  readonly docs: { readonly show: boolean; readonly node_color: string | null };
  readonly config: DataMap;
  readonly patch_path: string | null;
  readonly arguments: readonly { readonly name: string; readonly type: string | null; readonly description: string }[];
  readonly created_at: number;
  readonly supported_languages: readonly string[] | null;
}

export interface DocNode extends Named {
  readonly resource_type: 'doc';
  readonly block_contents: string;
}

export interface ExposureNode extends Named {
  readonly resource_type: 'exposure';
  readonly fqn: readonly string[];
  readonly type: string;
  readonly owner: DataMap;
  readonly description: string;
  readonly label: string | null;
  readonly maturity: string | null;
  readonly meta: DataMap;
  readonly tags: readonly string[];
  readonly config: NodeConfig;
  readonly unrendered_config: DataMap;
  readonly url: string | null;
  readonly depends_on: DependsOn;
  readonly refs: readonly RefArgs[];
  readonly sources: readonly (readonly [string, string])[];
  readonly metrics: readonly (readonly string[])[];
  readonly created_at: number;
}

export interface UnitTestNode extends Named {
  readonly resource_type: 'unit_test';
  readonly model: string;
  readonly given: readonly UnitTestFixture[];
  readonly expect: Omit<UnitTestFixture, 'input'>;
  readonly fqn: readonly string[];
  readonly description: string;
  readonly overrides: DataMap | null;
  readonly depends_on: DependsOn;
  readonly config: NodeConfig;
  readonly checksum: string;
  readonly schema: string;
  readonly created_at: number;
  readonly versions: Data;
  readonly version: string | number | null;
}

export interface UnitTestFixture {
  readonly input: string;
  readonly rows: Data;
  readonly format: 'dict' | 'csv' | 'sql';
  readonly fixture: string | null;
}

export interface GroupNode extends Named {
  readonly resource_type: 'group';
  readonly owner: DataMap;
  readonly description: string | null;
  readonly config: DataMap;
}

/** Resources that are only carried into the manifest. */
export interface OpaqueNode extends Named {
  readonly [key: string]: unknown;
}

export type AnyNode = Node | SourceNode | MacroNode | DocNode | ExposureNode | UnitTestNode | GroupNode | OpaqueNode;

/** What can be selected and scheduled. */
export type GraphNode = Node | SourceNode | ExposureNode | UnitTestNode;

export type NodeMap<T> = Readonly<Record<string, T>>;

export interface ManifestMetadata {
  readonly dbt_schema_version: string;
  readonly dbt_version: string;
  readonly generated_at: string;
  readonly invocation_id: string;
  readonly invocation_started_at: string;
  readonly env: Readonly<Record<string, string>>;
  readonly project_name: string;
  readonly project_id: string;
  readonly user_id: string | null;
  readonly send_anonymous_usage_stats: boolean;
  readonly adapter_type: string;
  readonly quoting: DataMap;
  readonly run_started_at: string;
}

/** Everything a project means, after parsing; the same keys in the same order as manifest.json. */
export interface Manifest {
  readonly metadata: ManifestMetadata;
  readonly nodes: NodeMap<Node>;
  readonly sources: NodeMap<SourceNode>;
  readonly macros: NodeMap<MacroNode>;
  readonly docs: NodeMap<DocNode>;
  readonly exposures: NodeMap<ExposureNode>;
  readonly metrics: NodeMap<OpaqueNode>;
  readonly groups: NodeMap<GroupNode>;
  readonly selectors: DataMap;
  readonly disabled: NodeMap<readonly AnyNode[]>;
  readonly parent_map: NodeMap<readonly string[]>;
  readonly child_map: NodeMap<readonly string[]>;
  readonly group_map: NodeMap<readonly string[]>;
  readonly saved_queries: NodeMap<OpaqueNode>;
  readonly semantic_models: NodeMap<OpaqueNode>;
  readonly unit_tests: NodeMap<UnitTestNode>;
  readonly functions: NodeMap<OpaqueNode>;
}
