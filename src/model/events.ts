import type { Data } from '../util/data.ts';

export type Level = 'debug' | 'info' | 'warn' | 'error';

/** dbt's node_info, as its events carry it. */
export interface NodeInfo {
  readonly unique_id: string;
  readonly node_name: string;
  readonly node_path: string;
  readonly resource_type: string;
  readonly materialized: string;
  readonly node_status: string;
  readonly node_started_at: string;
  readonly node_finished_at: string;
  readonly node_checksum: string;
  readonly meta: unknown;
  readonly node_relation: {
    readonly database: string;
    readonly schema: string;
    readonly alias: string;
    readonly relation_name: string;
  };
}

/**
 * One thing that happened. `name` is dbt's event class (reference: dbt-events), `data` its fields.
 * Rooms say what happened; `report` alone knows codes, levels and words.
 */
export interface Event {
  readonly name: string;
  readonly data: Readonly<Record<string, Data | NodeInfo | unknown>>;
  /** Given where the level is not the event's usual one. */
  readonly level?: Level;
  /** The worker it happened on, as `Thread-1 (worker)`; without it, the main thread. */
  readonly thread?: string;
  /** The node in whose templates or statements it happened; reporters add what they know of it. */
  readonly node?: string | undefined;
}

export type Emit = (event: Event) => void;
