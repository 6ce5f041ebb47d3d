/** Whose rows: one step of one job. */
export interface LedgerName {
  readonly project: string;
  readonly target: string;
  readonly delivery: string;
}

/** Rows to be sent: each the first time its key is seen. */
export interface Claim {
  /** Makes the batches' ids; the same for a repeated statement. */
  readonly id: string;
  /** A select, which names the columns of `key`. */
  readonly sql: string;
  readonly key: readonly string[];
  /** Rows of a batch. */
  readonly batch: number;
  /** Rows at most. */
  readonly limit: number;
}

/** How a row stands. `open`: claimed, and nobody knows that it arrived. `dead`: given up, until somebody opens it again. */
export type LetterState = 'open' | 'sent' | 'dead';

/** A row in its newest state. */
export interface Letter {
  readonly delivery: string;
  /** The key's value, or several as a JSON array. */
  readonly key: string;
  /** Rows that are sent together, and the idempotency key they are sent with. */
  readonly batch: string;
  readonly state: LetterState;
  readonly revision: number;
  /** Requests so far. */
  readonly tries: number;
  /** Why it is dead; ''. */
  readonly reason: string;
  /** The row as JSON; '' once it is sent. */
  readonly payload: string;
  /** When it came into this state, server's time, UTC. */
  readonly at: string;
}

/** Rows of one delivery, counted. */
export interface LedgerCount {
  readonly delivery: string;
  readonly open: number;
  readonly sent: number;
  readonly dead: number;
  /** When anything last changed, server's time, UTC. */
  readonly at: string;
}

/** Which rows of a query were sent where, kept in ClickHouse. Everything throws what ClickHouse says. */
export interface DeliveryLedger {
  /** The select's rows that were never claimed become open, all of them or none. */
  claim(name: LedgerName, claim: Claim): Promise<void>;
  /** How many rows a claim would find. */
  due(name: LedgerName, claim: Pick<Claim, 'sql' | 'key'>): Promise<number>;
  /** Open rows, the oldest batch first. */
  open(name: LedgerName): Promise<readonly Letter[]>;
  /** Letters in a new state, one revision on, all of them or none. */
  mark(name: LedgerName, letters: readonly Letter[]): Promise<void>;
  counts(of: Omit<LedgerName, 'delivery'>): Promise<readonly LedgerCount[]>;
  /** Dead letters of one delivery or of all, the oldest first. */
  dead(of: Omit<LedgerName, 'delivery'>, delivery: string | undefined, limit: number): Promise<readonly Letter[]>;
}
