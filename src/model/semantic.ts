import type { Data, DataMap } from '../util/data.ts';
import type { DependsOn, NodeConfig, RefArgs } from './config.ts';
import type { Named } from './node.ts';

/** What the resources of dbt's semantic layer have in common. They are parsed, selected and written; nothing here computes them. */
interface Semantic extends Named {
  readonly fqn: readonly string[];
  readonly description: string | null;
  readonly label: string | null;
  readonly metadata: null;
  readonly config: NodeConfig;
  readonly unrendered_config: DataMap;
  readonly depends_on: DependsOn;
  readonly refs: readonly RefArgs[];
  readonly created_at: number;
  readonly group: string | null;
}

export interface MetricNode extends Semantic {
  readonly resource_type: 'metric';
  readonly type: string;
  readonly type_params: DataMap;
  readonly filter: Data;
  readonly time_granularity: string | null;
  readonly sources: readonly (readonly [string, string])[];
  readonly metrics: readonly (readonly string[])[];
  readonly meta: DataMap;
  readonly tags: readonly string[];
}

export interface SemanticModelNode extends Semantic {
  readonly resource_type: 'semantic_model';
  /** `ref('x')` as written. */
  readonly model: string;
  readonly node_relation: DataMap | null;
  readonly defaults: DataMap | null;
  readonly entities: readonly DataMap[];
  readonly measures: readonly DataMap[];
  readonly dimensions: readonly DataMap[];
  readonly primary_entity: string | null;
}

export interface SavedQueryNode extends Semantic {
  readonly resource_type: 'saved_query';
  readonly query_params: DataMap;
  readonly exports: readonly DataMap[];
  readonly tags: readonly string[];
}
