import type { Data, DataMap, PlainDate } from '../util/data.ts';
import type { TimeWindow } from '../util/time-window.ts';
import type { Access, ColumnInfo, Constraint, DependsOn, NodeConfig, RefArgs, ResourceType } from './config.ts';

/** What every resource has. */
export interface Named {
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

/** The part of time that one run of a microbatch model builds. */
export interface Batch {
  /** `20240917` */
  readonly id: string;
  readonly window: TimeWindow;
  /** The same for templates. */
  readonly event_time_start: PlainDate;
  readonly event_time_end: PlainDate;
}

export interface ModelNode extends CompiledNodeBase {
  readonly resource_type: 'model';
  /** Only while a batch is built. */
  readonly batch?: Batch;
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

/** A function of the database. dbt-clickhouse makes none; here it is a SQL function of the server. */
export interface FunctionNode extends CompiledNodeBase {
  readonly resource_type: 'function';
  readonly returns: Data;
  readonly arguments: Data;
  readonly overloads: readonly DataMap[];
}

export interface SeedNode extends NodeBase {
  readonly resource_type: 'seed';
  readonly root_path: string;
  readonly depends_on: { readonly macros: readonly string[] };
}

export type Node = ModelNode | SnapshotNode | AnalysisNode | OperationNode | TestNode | SeedNode;
export type CompilableNode = Exclude<Node, SeedNode> | FunctionNode;
