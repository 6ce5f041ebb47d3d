/** A step that sends the rows of a query to an HTTP service. Durations in seconds. */
export interface Post {
  /** Whose rows the ledger keeps: unique in the project. */
  readonly name: string;
  /** A select, with templates. */
  readonly rows: string;
  /** Columns that tell rows apart: each value is sent once, ever. */
  readonly key: readonly string[];
  /** An output of type http in profiles.yml. */
  readonly to: string;
  /** What follows the service's URL: `/instagram/profiles`. */
  readonly path: string;
  /** Rows of one request. */
  readonly batch: number;
  /** Rows a second at most; undefined: as fast as the service answers. */
  readonly rate: number | undefined;
  /** New rows of one run at most. */
  readonly limit: number;
  /** Requests for one batch within one run. */
  readonly tries: number;
  /** How long one request may take. */
  readonly answer: number;
}

/** Where it goes: with its secrets, so it is never shown. */
export interface Service {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A claimed row, as the ledger has it. `revision` counts its changes. */
export interface Letter {
  readonly delivery: string;
  readonly key: string;
  /** Rows that are sent together, and the idempotency key they are sent with. */
  readonly batch: string;
  readonly state: 'open' | 'sent' | 'dead';
  readonly revision: number;
  readonly tries: number;
  readonly reason: string;
  readonly payload: string;
  readonly at: string;
}

/** What is known of one delivery's rows, kept where no crash reaches it. */
export interface Ledger {
  /** Rows never seen before become open, in batches. */
  claim(): Promise<void>;
  /** The oldest batch first, the rows of a batch together. */
  open(): Promise<readonly Letter[]>;
  /** Writes their new state down, all or none. */
  mark(letters: readonly Letter[]): Promise<void>;
}
