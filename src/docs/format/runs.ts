/** Runs as the pages of the site read them; plain JSON in chunks. */

export interface RunSummary {
  /** The invocation's. */
  readonly id: string;
  readonly startedAt: string;
  /** Seconds. */
  readonly elapsed: number;
  readonly which: string;
  readonly command: string;
  readonly job: string;
  readonly target: string;
  readonly threads: number;
  readonly selection: string;
  readonly git: string;
  readonly user: string;
  /** How many nodes ended with each status. */
  readonly counts: Readonly<Record<string, number>>;
  /** Middle of what the same command took before, in seconds; null where this was the first. */
  readonly usual: number | null;
}

/** Chunk `run-<id>`. All lists have an entry for each node of the run. */
export interface RunDetail {
  readonly summary: RunSummary;
  /** Of the core, by index; the unique_id of one that is gone since. */
  readonly ids: readonly (number | string)[];
  readonly parents: readonly (readonly number[])[];
  readonly results: readonly RunDetailResult[];
}

/** Times in milliseconds from the start of the run. */
export type RunDetailResult = readonly [
  status: string,
  thread: string,
  start: number,
  end: number,
  rows: number | null,
  bytes: number | null,
  message: string,
  /** Middle of its durations in earlier runs; -1 where there are none. */
  usual: number,
];

/** Chunk `hist`: what each node did in the last runs, newest last, by their index in the core. */
export interface History {
  /** Ids of the runs that the entries name by index. */
  readonly runs: readonly string[];
  readonly nodes: Readonly<Record<string, readonly HistoryEntry[]>>;
}

export type HistoryEntry = readonly [run: number, status: string, milliseconds: number, rows: number | null];
