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

/** Where such knowledge goes while nodes run; not part of any log. */
export interface Watcher {
  /** Usual milliseconds by unique_id; of every node that is about to run. */
  expect(usual: ReadonlyMap<string, number>, timeLeft: TimeLeft): void;
  progress(nodes: readonly NodeProgress[]): void;
}
