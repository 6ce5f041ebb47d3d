/** What is known of a node beyond its events: how far its statement is, and how long the node usually takes. */
export interface NodeProgress {
  readonly unique_id: string;
  /** Rows read so far. */
  readonly rows: number;
  /** As the server estimates it; 0 where it does not. */
  readonly totalRows: number;
  /** Bytes of memory in use on the server. */
  readonly memory: number;
}

/** Milliseconds until everything has ended, from what runs (by unique_id, since when in milliseconds) and what is done; undefined where nobody knows. */
export type TimeLeft = (
  running: ReadonlyMap<string, number>,
  isDone: (unique_id: string) => boolean,
) => number | undefined;

/** What is about to run. */
export interface Plan {
  /** Of each node those it waits for; ephemeral models are in neither place. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
  /** Usual milliseconds, where it ran before. */
  readonly usual: ReadonlyMap<string, number>;
  readonly timeLeft: TimeLeft;
}

/** What decided how long a run took. */
export interface CriticalPath {
  /** First to last. */
  readonly names: readonly string[];
  readonly ms: number;
  /** Milliseconds that the run would have taken with so many threads; undefined where that is hardly less. */
  readonly threads: number;
  readonly withThreads: number | undefined;
}

/** Where such knowledge goes; not part of any log. */
export interface Watcher {
  /** How many files were read that were not as before. */
  parsed(seconds: number, filesRead: number): void;
  /** The server, as a person would name it. */
  connected(server: string): void;
  expect(plan: Plan): void;
  progress(nodes: readonly NodeProgress[]): void;
  ended(path: CriticalPath): void;
}
