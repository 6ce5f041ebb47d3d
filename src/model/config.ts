import type { Data, DataMap } from '../util/data.ts';

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
  | 'group'
  | 'sync';

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
