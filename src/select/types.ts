import type { At } from '../error/index.ts';
import type { Manifest, RunResult } from '../model/index.ts';
import type { Data } from '../util/data.ts';

/** When tests come along with the nodes they test: with one chosen parent, with all, with all or upstream of the chosen, never. */
export type IndirectSelection = 'eager' | 'cautious' | 'buildable' | 'empty';

/** The leaf of a selection: `2+config.materialized:table+`. */
export interface Criterion {
  readonly kind: 'criterion';
  /** As written, for messages. */
  readonly raw: string;
  readonly method: string;
  /** What follows the method's name: `config.meta.owner` has `meta` and `owner`. */
  readonly arguments: readonly string[];
  /** A string on the command line; in YAML any scalar. */
  readonly value: Data;
  /** `@`: descendants, and all that these rest on. */
  readonly childrensParents: boolean;
  readonly parents: boolean;
  /** Null is without limit. */
  readonly parentsDepth: number | null;
  readonly children: boolean;
  readonly childrenDepth: number | null;
  readonly indirect: IndirectSelection;
}

export interface SpecGroup {
  readonly kind: 'union' | 'intersection' | 'difference';
  readonly raw: string;
  /** A difference takes every later part away from the first. */
  readonly parts: readonly Spec[];
  readonly indirect: IndirectSelection;
  /** Warn when nothing matches. */
  readonly expectExists: boolean;
}

export type Spec = Criterion | SpecGroup;

/** The selectors of selectors.yml by name. */
export type SelectorSpecs = ReadonlyMap<
  string,
  { readonly spec: Spec; readonly isDefault: boolean; readonly at?: At | undefined }
>;

/** A column of a node, by its unique_id. */
export interface ColumnName {
  readonly node: string;
  readonly column: string;
}

/** What the engine knows of columns, for the method `column` and for `state:modified.schema`. */
export interface ColumnFacts {
  columnsOf(node: string): readonly string[];
  /** Nodes that columns reach, or that they come from, at most so many steps away; null: any number. */
  related(columns: readonly ColumnName[], direction: 'up' | 'down', depth: number | null): ReadonlySet<string>;
  /** Nodes whose columns are not those of the earlier state; and those of which that cannot be told. */
  readonly changed?: ReadonlySet<string>;
  readonly unknown?: ReadonlySet<string>;
}

/** Artifacts of an earlier invocation, for the methods `state`, `result` and `source_status`. */
export interface PriorState {
  /** The earlier manifest.json, and the one of now that it is compared with. */
  readonly manifest?: Manifest;
  readonly current?: Manifest;
  /** Constraints that the database enforces: losing one of them breaks a contract. ClickHouse's are the default: `check`. */
  readonly enforcedConstraints?: readonly string[];
  /** The moment that deprecation dates are compared with; without it none has passed. */
  readonly now?: Date;
  readonly results?: readonly Pick<RunResult, 'unique_id' | 'status'>[];
  /** unique_id to max_loaded_at, of the earlier sources.json and of the current one. */
  readonly sources?: Readonly<Record<string, string>>;
  readonly currentSources?: Readonly<Record<string, string>>;
}
