import type { Readable } from 'node:stream';

/** The keys of a dbt-clickhouse profile output that the driver reads; values as YAML or env_var gave them. */
export interface Credentials {
  readonly type?: unknown;
  readonly driver?: unknown;
  readonly host?: unknown;
  readonly port?: unknown;
  readonly user?: unknown;
  readonly password?: unknown;
  readonly schema?: unknown;
  readonly database?: unknown;
  readonly cluster?: unknown;
  readonly cluster_mode?: unknown;
  readonly database_engine?: unknown;
  readonly secure?: unknown;
  readonly verify?: unknown;
  readonly client_cert?: unknown;
  readonly client_cert_key?: unknown;
  readonly server_host_name?: unknown;
  readonly retries?: unknown;
  readonly connect_timeout?: unknown;
  readonly send_receive_timeout?: unknown;
  readonly compression?: unknown;
  readonly custom_settings?: unknown;
  readonly reuse_connections?: unknown;
  readonly [other: string]: unknown;
}

export interface DriverOptions {
  /** Statements that run at one time; the connection pool is made for them. Default 1. */
  readonly threads?: number | undefined;
  /** Sent as part of the user agent: it shows in `system.query_log.http_user_agent`. */
  readonly application?: string | undefined;
  /** Create the profile's schema where it is missing. Default true. */
  readonly createDatabase?: boolean | undefined;
  /** Every connection reaches one and the same server (the private one): what its log does not know never arrived. */
  readonly singleServer?: boolean | undefined;
  /** Told what a user should know but need not act on. */
  readonly notice?: ((text: string) => void) | undefined;
}

export type SettingValue = string | number | boolean;
export type Settings = Readonly<Record<string, SettingValue>>;

export interface QueryOptions {
  /** A UUID is made where there is none. */
  readonly queryId?: string | undefined;
  /** Win over the connection's settings, for this statement. */
  readonly settings?: Settings | undefined;
  /** Statements of one session run one after another and share temporary tables and what SET has set. */
  readonly sessionId?: string | undefined;
  /** Aborting kills the statement on the server. */
  readonly abort?: AbortSignal | undefined;
  /** False: whatever comes back is dropped. Default: rows are kept if the statement is one that reads. */
  readonly fetch?: boolean | undefined;
}

export interface ResultColumn {
  readonly name: string;
  /** ClickHouse's type, as it writes it: `Nullable(Decimal(18, 2))`. */
  readonly type: string;
}

/** What the server counted, where it told. */
export interface QuerySummary {
  readonly readRows: number;
  readonly readBytes: number;
  readonly writtenRows: number;
  readonly writtenBytes: number;
  readonly elapsedMs: number;
}

export interface QueryResult {
  readonly columns: readonly ResultColumn[];
  /**
   * Values by type: integers are number, or bigint beyond 2^53; floats are number (NaN and infinities too); Decimal
   * is its exact text; Bool is boolean; dates, times, UUID, IP and enums are ClickHouse's text; Array and Tuple are
   * arrays, Map and JSON plain objects; NULL is null.
   */
  readonly rows: readonly (readonly unknown[])[];
  readonly queryId: string;
  readonly summary: QuerySummary | undefined;
}

export interface ExportResult {
  /** Raw bytes of the statement's FORMAT. Fails with the server's error, in the middle too. Must be read or destroyed. */
  readonly stream: Readable;
  readonly queryId: string;
}

export interface InsertResult {
  readonly queryId: string;
  readonly summary: QuerySummary | undefined;
}

export interface Driver {
  /** `26.7.2.1` */
  readonly serverVersion: string;
  /** Where it is connected to, for messages: `http://host:8123`. */
  readonly url: string;
  /** Runs one statement of any kind. Throws DatabaseError (TSD3001, TSD3002). */
  query(sql: string, options?: QueryOptions): Promise<QueryResult>;
  /** Runs `INSERT … FORMAT X` with the bytes of `data` as its data. */
  insertStream(sql: string, data: Readable, options?: QueryOptions): Promise<InsertResult>;
  /** Runs `SELECT … FORMAT X` and hands out its bytes as they come. */
  exportStream(sql: string, options?: QueryOptions): Promise<ExportResult>;
  /** Ids of the statements under way. */
  running(): readonly string[];
  /** Asks the server to end these statements; does not wait for their end. Never throws. */
  kill(queryIds: readonly string[]): Promise<void>;
  /** Kills every statement this driver has under way. Never throws. */
  cancelAll(): Promise<void>;
  /** Ends a session on the server: its temporary tables go with it. */
  endSession(sessionId: string): Promise<void>;
  close(): Promise<void>;
}
