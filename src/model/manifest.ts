import type { DataMap } from '../util/data.ts';
import type { FunctionNode, Node } from './node.ts';
import type { DocNode, ExposureNode, GroupNode, MacroNode, SourceNode, UnitTestNode } from './resource.ts';
import type { MetricNode, SavedQueryNode, SemanticModelNode } from './semantic.ts';

/** The nouns of manifest v12, with dbt's own field names, so that artifacts and templates see one and the same value. */

export type AnyNode =
  | Node
  | SourceNode
  | MacroNode
  | DocNode
  | ExposureNode
  | UnitTestNode
  | GroupNode
  | FunctionNode
  | OtherNode;

/** What is selected, but never run. */
export type OtherNode = MetricNode | SemanticModelNode | SavedQueryNode;

/** What can be selected and scheduled. */
export type GraphNode = Node | SourceNode | ExposureNode | UnitTestNode | FunctionNode;

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
  readonly metrics: NodeMap<MetricNode>;
  readonly groups: NodeMap<GroupNode>;
  readonly selectors: DataMap;
  readonly disabled: NodeMap<readonly AnyNode[]>;
  readonly parent_map: NodeMap<readonly string[]>;
  readonly child_map: NodeMap<readonly string[]>;
  readonly group_map: NodeMap<readonly string[]>;
  readonly saved_queries: NodeMap<SavedQueryNode>;
  readonly semantic_models: NodeMap<SemanticModelNode>;
  readonly unit_tests: NodeMap<UnitTestNode>;
  readonly functions: NodeMap<FunctionNode>;
}

/** manifest.json without `metadata` and `selectors`: its sections up to selectors, and those after them, without braces; in UTF-8. */
export interface ManifestText {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}
