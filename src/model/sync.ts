import type { Named } from './node.ts';

/** A sync as a node of tsdbt's own graph; dbt's manifest never holds one. */
export interface SyncNode extends Named {
  readonly [key: string]: unknown;
  readonly resource_type: 'sync';
  readonly fqn: readonly string[];
  readonly description: string;
  readonly tags: readonly string[];
  readonly depends_on: { readonly macros: readonly []; readonly nodes: readonly string[] };
  readonly connection: string;
  /** `schema.table` in Postgres. */
  readonly target: string;
  readonly mode: string;
}

/** How one sync ended, as `tsdbt_syncs.json` keeps it. */
export interface SyncOutcome {
  readonly unique_id: string;
  readonly status: 'success' | 'error' | 'skipped';
  readonly message: string;
  readonly started_at: string;
  /** Seconds. */
  readonly execution_time: number;
  readonly timing: readonly { readonly name: string; readonly seconds: number }[];
  readonly format?: string;
  readonly rows?: number;
  /** Rows in the target before; null where there was none. */
  readonly rows_before?: number | null;
  readonly bytes?: number;
  /** Rows added or changed, and rows taken away; not there where the whole table was swapped. */
  readonly changed?: { readonly written: number; readonly deleted: number };
  readonly enriched?: { readonly keys: number; readonly found: number } | null;
}
