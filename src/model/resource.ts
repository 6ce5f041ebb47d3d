import type { Data, DataMap } from '../util/data.ts';
import type { ColumnInfo, DependsOn, NodeConfig, RefArgs } from './config.ts';
import type { Named } from './node.ts';

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
  /** Of the tested model; null where that is disabled. */
  readonly schema: string | null;
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

/** A resource of ours that dbt does not have, as the graph sees it. */
export interface OpaqueNode extends Named {
  readonly [key: string]: unknown;
}
