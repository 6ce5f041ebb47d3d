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

/** A node that failed, or warned, and where a person would look. */
export interface NodeProblem {
  readonly severity: 'error' | 'warn';
  readonly status: string;
  readonly resourceType: string;
  readonly name: string;
  /** Our code, where one of our errors is behind it. */
  readonly code?: string | undefined;
  readonly message: string;
  /** Relative to the project's folder. */
  readonly file: string;
  /** From 1; 0 where it is not known. */
  readonly line: number;
  readonly col: number;
  readonly hint?: string | undefined;
  /** Where its SQL was written, relative to the project's folder. */
  readonly compiledPath?: string | undefined;
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
  /** Why a node failed, for those who point people to the place. Not part of dbt's event. */
  readonly problem?: NodeProblem | undefined;
}

export type Emit = (event: Event) => void;
