import type { Adapter, Driver } from '../adapter/index.ts';
import type { Compiler } from '../compile/index.ts';
import type { At, ErrorCode } from '../error/index.ts';
import type { ProjectGraph } from '../graph/index.ts';
import type { Kind } from './lineage/uses.ts';
import type { Memo } from './memo/memo.ts';
import type { Shadows } from './shadows.ts';
import type { SourceSchemas } from './source-schemas.ts';

export interface Column {
  readonly name: string;
  /** ClickHouse's type, as the engine writes it. */
  readonly type: string;
}

/** Something a person should know about a node; as data, drawn late. */
export interface Finding {
  readonly code: ErrorCode;
  readonly severity: 'error' | 'warn';
  readonly uniqueId: string;
  /** The node's name as people say it, with a column where it is about one. */
  readonly subject: string;
  readonly message: string;
  /** In a file of the project; `col` is 0 where only the line is known. */
  readonly at: At;
  readonly hint?: string | undefined;
}

/** `unknown`: what it reads has no types, so nothing is said of it. `broken`: the engine or the template engine refused it. */
export type TypeState = 'typed' | 'unknown' | 'broken';

/** A column of a node as another node uses it. */
export interface ColumnUse {
  /** unique_id */
  readonly node: string;
  readonly column: string;
  readonly kind: Kind;
}

/** What something comes from, one step back, and what it computes from that. */
export interface Origin {
  readonly sources: readonly ColumnUse[];
  /** Equal while it computes the same, however it is written; one for each branch of an incremental model. */
  readonly signatures: readonly string[];
  /** Of a column: the line of the node's file that names it, and its expression in SQL where one is written. */
  readonly line?: number | undefined;
  readonly expression?: string | undefined;
}

export interface NodeLineage {
  readonly columns: ReadonlyMap<string, Origin>;
  /** What decides which rows there are: for all columns alike. */
  readonly rows: Origin;
  /** unique_ids of what it reads: where their rows change, its own may. */
  readonly reads: readonly string[];
}

export interface TypedNode {
  readonly state: TypeState;
  /** Empty unless typed. */
  readonly columns: readonly Column[];
  /** Of what has SQL and is typed. */
  readonly lineage?: NodeLineage | undefined;
}

export interface CheckInput {
  readonly compiler: Compiler;
  /** Opens an engine with nothing in it that matters: its databases are made anew. Called where there is something to ask. */
  openEngine(): Promise<Driver>;
  /** Tables of sources as a server had them; they win over what YAML says. */
  readonly schemas?: SourceSchemas | undefined;
  /** Statements that make functions a server has. */
  readonly functions?: ReadonlyMap<string, string> | undefined;
  /** What earlier runs found. */
  readonly memo?: Memo | undefined;
  readonly graph: ProjectGraph;
  /** unique_ids to speak of; what they rest on is typed too. */
  readonly chosen: ReadonlySet<string>;
  /** Text of a file of a package, by its path there; undefined where it cannot be read. */
  readFile(packageName: string, file: string): string | undefined;
}

/** What is asked for, with what all of its nodes share. */
export interface Checking extends CheckInput {
  readonly engine: Driver;
  readonly shadows: Shadows;
  /** Over the engine: templates that ask the database are answered by the shadows. */
  readonly adapter: Adapter;
  /** unique_id -> the first statement its templates asked that rows would answer. */
  readonly asked: ReadonlyMap<string, string>;
  /** `schema.name` -> unique_ids of what lies there: a source may lie over a seed. */
  readonly relations: ReadonlyMap<string, readonly string[]>;
  /** What is typed so far. */
  readonly typed: ReadonlyMap<string, TypedNode>;
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  /** Chosen nodes and what they rest on. */
  readonly nodes: ReadonlyMap<string, TypedNode>;
}
