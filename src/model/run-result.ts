import type { Data, DataMap } from '../util/data.ts';

export type RunStatus =
  | 'success'
  | 'error'
  | 'skipped'
  | 'partial success'
  | 'no-op'
  | 'reused'
  | 'pass'
  | 'fail'
  | 'warn'
  | 'runtime error';

export interface Timing {
  readonly name: 'compile' | 'execute';
  /** ISO 8601, UTC, microseconds, Z. */
  readonly started_at: string;
  readonly completed_at: string;
}

/** One result of run_results v6. Times in seconds. */
export interface RunResult {
  readonly status: RunStatus;
  readonly timing: readonly Timing[];
  readonly thread_id: string;
  readonly execution_time: number;
  readonly adapter_response: DataMap;
  readonly message: string | null;
  readonly failures: number | null;
  readonly unique_id: string;
  readonly compiled: boolean | null;
  readonly compiled_code: string | null;
  readonly relation_name: string | null;
  readonly batch_results: Data;
  readonly overload_results: Data;
}
