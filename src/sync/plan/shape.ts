import type { TableName } from './names.ts';

/** The target as Postgres' catalog shows it: everything that a swap must carry over, and what it cannot. */
export interface TargetShape extends RelationShape {
  /** Those that read this table, and those that read them, each after what it reads. */
  readonly matviews: readonly MaterializedView[];
}

/** What tables and materialized views have. */
export interface RelationShape {
  readonly oid: number;
  readonly owner: string;
  /** Whether we may do what its owner may. */
  readonly isOurs: boolean;
  readonly comment: string | null;
  readonly columns: readonly TargetColumn[];
  readonly grants: readonly Grant[];
  readonly indexes: readonly TargetIndex[];
  /** Foreign keys of this table to others. */
  readonly foreignKeys: readonly { readonly name: string; readonly definition: string }[];
  /** Foreign keys of this table to itself: what stands before its name, and after it. */
  readonly selfKeys: readonly { readonly name: string; readonly before: string; readonly after: string }[];
  /** Plain views that read this table themselves. */
  readonly views: readonly DependentView[];
  /** Sequences that belong to a column of this table (serial). */
  readonly sequences: readonly { readonly name: TableName; readonly column: string }[];
  /** Storage parameters as `name=value`. */
  readonly options: readonly string[];
  /** The table that it is a partition of. */
  readonly partitionOf: TableName | null;
  /** Null is the database's own. */
  readonly tablespace: string | null;
  /** Null is heap. */
  readonly method: string | null;
  /** Foreign keys of other tables to this one. */
  readonly inbound: readonly InboundKey[];
  /** Statements that give the new table what else the old one has, before and after the renames. */
  readonly carried: readonly { readonly stage: 'before' | 'after'; readonly sql: string }[];
  /** What the table has that a swap would lose, in words, and the word that allows it. */
  readonly notCarried: readonly { readonly kind: string; readonly what: string }[];
}

export interface MaterializedView {
  readonly name: TableName;
  readonly definition: string;
  readonly populated: boolean;
  readonly method: string | null;
  readonly tablespace: string | null;
  readonly comments: readonly { readonly column: string; readonly comment: string }[];
  /** Columns whose storage is not their type's own: p, e, m or x, as pg_attribute has it. */
  readonly storage: readonly { readonly column: string; readonly storage: string }[];
  readonly shape: RelationShape;
}

export interface TargetColumn {
  readonly name: string;
  /** As format_type() prints it. */
  readonly type: string;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
  readonly identity: boolean;
  /** Computed by Postgres: nobody may write it. */
  readonly generated: boolean;
}

export interface Grant {
  /** Null is PUBLIC. */
  readonly grantee: string | null;
  readonly privilege: string;
  readonly grantable: boolean;
  /** Null is the whole table. */
  readonly column: string | null;
}

export interface TargetIndex {
  readonly name: string;
  readonly unique: boolean;
  /** Null is the database's own. */
  readonly tablespace: string | null;
  /** What follows the table's name in its definition: ` USING btree (id)`. */
  readonly tail: string;
  /** The constraint that the index serves, if any: p primary key, u unique, x exclusion. */
  readonly constraint: { readonly kind: 'p' | 'u' | 'x'; readonly definition: string } | null;
  readonly comment: string | null;
}

export interface InboundKey {
  readonly name: string;
  readonly table: TableName;
  readonly validated: boolean;
  readonly columns: readonly string[];
  /** Columns of our table, in the order of `columns`. */
  readonly references: readonly string[];
}

export interface DependentView {
  readonly name: TableName;
  readonly definition: string;
  readonly options: readonly string[];
}

/** What stands under the name that readers know. */
export interface FrontFacts {
  /** relkind of pg_class. */
  readonly kind: string;
  /** Tables whose foreign keys refer to it. */
  readonly referrers: readonly string[];
  /** Partitions beside the one that the sync fills. */
  readonly others: readonly string[];
}
