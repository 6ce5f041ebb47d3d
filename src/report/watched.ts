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

/** Where such knowledge goes while nodes run; not part of any log. */
export interface Watcher {
  /** Usual milliseconds by unique_id; of every node that is about to run. */
  expect(usual: ReadonlyMap<string, number>): void;
  progress(nodes: readonly NodeProgress[]): void;
}
