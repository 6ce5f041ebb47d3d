/** Jobs, syncs, freshness and changes as the pages read them; plain JSON in chunks. */

export interface JobsData {
  /** The moment for which lateness and next starts are told. */
  readonly asOf: string;
  readonly jobs: readonly JobView[];
  /** Ended runs, newest first. */
  readonly runs: readonly JobRun[];
}

export interface JobView {
  readonly name: string;
  readonly description: string;
  readonly file: string;
  readonly schedule: string;
  readonly skip: readonly string[];
  /** Seconds. */
  readonly timeout: number;
  readonly steps: readonly { readonly text: string; readonly select: string; readonly exclude: string }[];
  readonly waitFor: readonly string[];
  readonly promises: readonly PromiseView[];
  readonly next: string;
  /** When it was last to start. */
  readonly due: string;
  readonly lastSuccess: string;
  /** It was due, its time is over, and it has not succeeded since. */
  readonly late: boolean;
}

/** A model that is never to be older than `within` seconds. */
export interface PromiseView {
  readonly model: string;
  readonly within: number;
  readonly builtAt: string;
  readonly late: boolean;
}

export interface JobRun {
  readonly job: string;
  readonly at: string;
  readonly status: string;
  readonly seconds: number;
  readonly attempts: number;
  readonly message: string;
}

export interface SyncsData {
  readonly asOf: string;
  readonly syncs: readonly SyncView[];
}

export interface SyncView {
  readonly id: string;
  readonly target: string;
  readonly connection: string;
  readonly mode: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly columns: readonly { readonly source: string; readonly name: string; readonly note: string }[];
  /** Of its last run; empty where it never ran here. */
  readonly status: string;
  readonly at: string;
  readonly seconds: number;
  readonly rows: number | null;
  readonly rowsBefore: number | null;
  readonly bytes: number | null;
  readonly message: string;
  /** When what it reads was last built; empty where that is not known. */
  readonly sourceBuiltAt: string;
  /** What it reads has been built since it last ran. */
  readonly behind: boolean;
}

/** Sources with a limit, by unique_id. */
export type FreshnessData = readonly {
  readonly id: string;
  readonly status: string;
  readonly ageSeconds: number | null;
  readonly warnSeconds: number | null;
  readonly errorSeconds: number | null;
  readonly maxLoadedAt: string;
  readonly snapshottedAt: string;
  readonly message: string;
}[];

export interface ChangesData {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly modified: readonly ChangeView[];
  /** What reads a changed node, directly or not, and is not changed itself. */
  readonly reached: readonly string[];
}

export interface ChangeView {
  readonly id: string;
  readonly reasons: readonly string[];
  /** Columns that whoever reads them will miss, or find with another type. */
  readonly breaking: readonly string[];
  readonly safe: readonly string[];
  readonly reach: number;
}
