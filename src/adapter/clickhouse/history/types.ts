/** One invocation on one target, as every line of its history says. */
export interface HistoryRun {
  readonly project: string;
  readonly target: string;
  readonly invocation: string;
  readonly command: string;
  /** The job that ran the command; '' where none did. */
  readonly job: string;
  /** The time that was asked for (event time), or that a job kept free; ''. */
  readonly window: string;
}

/** What became of one node. */
export interface HistoryEntry {
  /** The job's step it belongs to. */
  readonly step?: string;
  /** unique_id */
  readonly node: string;
  /** `database.table`, without quotes; '' for what makes none. */
  readonly relation: string;
  readonly status: string;
  /** Seconds since it ended. */
  readonly ago: number;
  readonly seconds: number;
  readonly rows: number | null;
  readonly bytes: number | null;
  /** Why it is not a success. */
  readonly reason: string;
  /** More, as JSON; ''. */
  readonly detail: string;
}

/** A line as it is read back: times of the server, UTC. */
export interface HistoryLine extends Omit<HistoryEntry, 'ago'>, Pick<HistoryRun, 'invocation' | 'command' | 'job'> {
  readonly finished_at: string;
}
