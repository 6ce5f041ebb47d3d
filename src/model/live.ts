/** A run that goes on, as it is told to who follows it from outside. */
export interface LiveHead {
  readonly run: string;
  readonly command: string;
  readonly target: string;
  readonly startedAt: string;
  readonly threads: number;
  /** Every node that is to run, by unique_id. */
  readonly nodes: readonly string[];
  /** Of the process: where it is gone, so is the run. */
  readonly pid: number;
}

/** What follows the head; times in milliseconds from the start. */
export type LiveLine =
  | readonly ['start', id: string, at: number]
  | readonly ['end', id: string, at: number, status: string, message: string]
  | readonly ['over', at: number];
