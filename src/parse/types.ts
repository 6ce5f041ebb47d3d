import type { ContextEnvironment, MacroLibrary } from '../context/index.ts';
import type { At } from '../error/index.ts';
import type {
  DocNode,
  Event,
  ExposureNode,
  FunctionNode,
  GroupNode,
  MacroNode,
  Manifest,
  ManifestText,
  MetricNode,
  Node,
  Project,
  SavedQueryNode,
  SemanticModelNode,
  SourceNode,
  UnitTestNode,
} from '../model/index.ts';
import type { DataMap } from '../util/data.ts';
import type { Counts } from './manifest/counts.ts';

/** What parsing needs: the loaded project, and what templates are rendered with. */
export interface ParseInput {
  readonly project: Project;
  readonly environment: ContextEnvironment;
}

/**
 * What parsing a project gives. Warnings are dbt's events, for the caller to report. Manifest and library may be made when
 * they are first asked for.
 */
export interface ParseResult {
  readonly manifest: Manifest;
  readonly library: MacroLibrary;
  readonly warnings: readonly Event[];
  readonly counts: Counts;
  readonly written: Written;
  /** Files that were not taken as they were read the time before. */
  readonly filesRead: number;
}

/** What is written of a parse as it is. */
export interface Written {
  /** Of manifest.json what changes with each invocation, and the rest. */
  readonly own: Pick<Manifest, 'metadata' | 'selectors'>;
  readonly text: ManifestText;
  /** semantic_manifest.json. */
  readonly semantics: string;
}

/** A manifest value while it is being put together: everything may still change. */
export type Writable<T> = T extends unknown ? { -readonly [K in keyof T]: T[K] } : never;
export type WritableNode = Writable<Node | FunctionNode>;

/** Where the code of a node begins, so that a place in the code is a place in the file. */
export interface Origin {
  /** As a person would open it. */
  readonly file: string;
  /** Lines of the file in front of the first line of the code. */
  readonly linesBefore: number;
}

/** A node with what the manifest does not keep: its own configuration, which properties YAML is laid under later. */
export interface Draft<T extends WritableNode = WritableNode> {
  readonly node: T;
  readonly origin: Origin;
  calls: DataMap;
  unrenderedCalls: DataMap;
}

/** Everything read so far, by unique id. */
export interface Found {
  readonly nodes: Map<string, Draft>;
  readonly functions: Map<string, Draft<Writable<FunctionNode>>>;
  /** Several of one unique id are possible here. */
  readonly disabled: Map<string, DisabledEntry[]>;
  readonly sources: Map<string, Writable<SourceNode>>;
  readonly macros: Map<string, Writable<MacroNode>>;
  readonly docs: Map<string, DocNode>;
  readonly exposures: Map<string, Writable<ExposureNode>>;
  readonly groups: Map<string, GroupNode>;
  readonly metrics: Map<string, Writable<MetricNode>>;
  readonly semanticModels: Map<string, Writable<SemanticModelNode>>;
  readonly savedQueries: Map<string, Writable<SavedQueryNode>>;
  readonly unitTests: Map<string, Writable<UnitTestNode>>;
  /** Where a YAML resource or a macro was written, by unique id, for errors found later. */
  readonly places: Map<string, () => At>;
  /** Where properties YAML speaks of a resource, by unique id. */
  readonly described: Map<string, () => At>;
}

export type DisabledEntry =
  | { readonly kind: 'node'; readonly draft: Draft }
  | {
      readonly kind: 'other';
      readonly value: Writable<
        SourceNode | ExposureNode | UnitTestNode | MetricNode | SemanticModelNode | SavedQueryNode
      >;
    };
