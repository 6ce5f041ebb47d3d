import type { Driver } from '../adapter/index.ts';
import type { At } from '../error/index.ts';
import type { TableName } from './plan/names.ts';

/** Where the rows come from: a model, or a query of its own (with `ref` in braces, rendered by whoever runs the sync). */
export type SyncSource =
  | { readonly kind: 'ref'; readonly name: string; readonly package: string | null }
  | { readonly kind: 'query'; readonly sql: string };

/** A column of the target that differs from the source's by name, type or value. */
export interface ColumnRule {
  /** Name in the target. */
  readonly name: string;
  /** Name in the source, where that differs. */
  readonly source?: string | undefined;
  /** SQL of ClickHouse over the source's columns, instead of one of them. */
  readonly expression?: string | undefined;
  /** Type of Postgres. */
  readonly type?: string | undefined;
  /** What happens to NUL bytes and broken UTF-8, which Postgres refuses. */
  readonly invalid_text: 'fail' | 'strip';
}

/** Columns read from a table of the same Postgres and joined to the rows while they are exported. */
export interface Lookup {
  readonly table: TableName;
  /** Column of the source -> column of the table. */
  readonly match: Readonly<Record<string, string>>;
  /** Condition of ClickHouse over the source's columns; rows that fail it are not looked up. */
  readonly when?: string | undefined;
  /** Column of the target -> column of the table. Of several look-ups that give one column, the first that matches wins. */
  readonly columns: Readonly<Record<string, string>>;
}

export interface IndexDefinition {
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique: boolean;
  readonly method: string;
  readonly where?: string | undefined;
}

/** A number of our own for each row. */
export interface IdColumn {
  readonly column: string;
  readonly sequence: TableName;
  /** Columns that tell a row again: it then keeps the number it has in the target. */
  readonly keep_by: readonly string[];
}

export interface Guards {
  readonly min_rows: number;
  /** Least share of the target's present rows, 0 to 1. */
  readonly min_share: number;
  /** Least share of the keys looked up that must be found, 0 to 1. */
  readonly min_enriched: number;
  /** Whether figures of every column are compared between the source and what arrived. */
  readonly checks: 'full' | 'none';
}

/** What one run moves of a source that only grows or changes at its end. */
export interface Incremental {
  /** Column of the source that grows with every change. */
  readonly column: string;
  /** Seconds below the high-water mark that are read again, for rows that come late. */
  readonly overlap: number;
}

/** Statements of Postgres in the transaction that makes the new rows visible; names need their schema. */
export interface Hooks {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** How the rows get to Postgres. */
export type Transport =
  /** `streams`: so many COPYs load the rows of the one export. */
  | { readonly kind: 'stream'; readonly streams: number }
  /** By way of a file: `connection` is an output of profiles.yml with `type: s3`, `path` lies below its address. */
  | {
      readonly kind: 's3';
      readonly connection: string;
      readonly format: 'JSONEachRow' | 'Parquet';
      readonly path: string;
    };

/** Kinds of things that rest on a table and that its next version may not have. */
export type Loss = 'functions' | 'row_type' | 'inheritance' | 'materialized_views' | 'others';

/** All in seconds. */
export interface WaitFor {
  /** The source's tables must have been built within this time. */
  readonly built_within: number;
  /** How long to wait for that. */
  readonly limit: number;
}

/** All in seconds. */
export interface Timeouts {
  readonly load: number;
  readonly download: number;
  readonly index: number;
  readonly vacuum: number;
  readonly swap: number;
}

export interface SyncDefinition {
  readonly name: string;
  readonly description: string;
  readonly at: At;
  readonly source: SyncSource;
  /** Name of an output of profiles.yml with `type: postgres`. */
  readonly connection: string;
  readonly table: TableName;
  /** What readers know, where it is not `table` itself: a view over it, or a partitioned table whose one partition it is. */
  readonly front?: { readonly kind: 'view' | 'partition'; readonly name: TableName } | undefined;
  readonly mode: 'swap' | 'upsert' | 'append' | 'mirror';
  readonly transport: Transport;
  readonly tags: readonly string[];
  readonly key: readonly string[];
  readonly columns: readonly ColumnRule[];
  readonly exclude: readonly string[];
  readonly id?: IdColumn | undefined;
  readonly enrichment: readonly Lookup[];
  readonly indexes: readonly IndexDefinition[];
  readonly guards: Guards;
  /** Mode upsert: the share of changed rows above which the table is swapped instead of merged into; 1 is never. */
  readonly full_swap_above: number;
  /** What happens to a column of the source that the target lacks. */
  readonly drift: 'add' | 'ignore' | 'fail';
  /** What a swap cannot keep and may lose. */
  readonly may_lose: readonly Loss[];
  readonly timeouts: Timeouts;
  /** After a lost connection a run goes on at the step that failed: so often, so many seconds later. */
  readonly retry: { readonly times: number; readonly delay: number };
  readonly incremental?: Incremental | undefined;
  readonly hooks: Hooks;
  readonly wait_for?: WaitFor | undefined;
  /** The tables before this one: so many, the newest under this name, older ones with a number behind it. */
  readonly backup: { readonly name: TableName; readonly keep: number };
}

/** A column as ClickHouse describes it. */
export interface SourceColumn {
  readonly name: string;
  readonly type: string;
}

/** What a sync needs of ClickHouse: a part of the adapter's driver. */
export type ClickHousePort = Pick<Driver, 'query' | 'insertStream' | 'exportStream' | 'endSession'>;

export type SyncPhase = 'wait' | 'plan' | 'stage' | 'copy' | 'verify' | 'index' | 'vacuum' | 'swap' | 'merge' | 'done';

/** Something that happened in a sync. `rows` and `bytes` count what this phase moved (while it does, `rows` is reckoned), `seconds` are its own. */
export interface SyncEvent {
  readonly sync: string;
  readonly phase: SyncPhase;
  readonly status: 'start' | 'progress' | 'end';
  readonly seconds: number;
  readonly rows?: number;
  readonly bytes?: number;
  /** Rows that are expected in all. */
  readonly total?: number;
  readonly message?: string;
}

export interface SyncResult {
  readonly name: string;
  readonly target: string;
  readonly format: 'binary' | 'text';
  readonly rows: number;
  /** Rows in the target before; undefined where there was none. */
  readonly rowsBefore: number | undefined;
  readonly bytes: number;
  /** Rows of the target that were added, changed or taken away; undefined where the whole table was swapped. */
  readonly changed?: { readonly written: number; readonly deleted: number } | undefined;
  /** Distinct keys looked up and found; undefined where nothing is looked up. */
  readonly enriched: { readonly keys: number; readonly found: number } | undefined;
  readonly seconds: number;
  readonly phases: Readonly<Partial<Record<SyncPhase, number>>>;
}
