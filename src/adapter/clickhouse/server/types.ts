/** Where a private server answers, and as whom. */
export interface ServerAddress {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** What a running server writes into its data directory (`server.json`, readable by its owner only). */
export interface ServerRecord extends ServerAddress {
  /** Random name of this run of the server: its run directory, and the marker it answers with. */
  readonly id: string;
  /** The unix socket of the supervisor. */
  readonly socket: string;
  readonly supervisorPid: number;
  readonly serverPid: number;
  /** ISO time. */
  readonly startedAt: string;
}

export interface ServerStatus extends ServerAddress {
  readonly dataDir: string;
  readonly supervisorPid: number;
  readonly serverPid: number;
  readonly startedAt: string;
  /** Started by `tsdbt server start`: stays until `tsdbt server stop`. */
  readonly keptUp: boolean;
  /** Who uses it now, one entry per lease. */
  readonly leases: readonly LeaseHolder[];
  /** Resident memory of the server process in bytes; undefined where the platform does not tell. */
  readonly memoryBytes: number | undefined;
}

export interface LeaseHolder {
  readonly pid: number;
  /** What that process does, e.g. `tsdbt run`. */
  readonly label: string;
}

/** What the supervisor is started with; one JSON argument. */
export interface SupervisorOptions {
  readonly dataDir: string;
  readonly libraryPath: string;
  /** How long the server stays up after its last lease ended, in milliseconds. */
  readonly lingerMs: number;
}

/** What the supervisor says once, on its standard output, about its start. */
export type StartOutcome = { readonly ok: true } | ({ readonly ok: false } & StartFailure);

export type FailureReason = 'locked' | 'port' | 'disk' | 'permission' | 'processor' | 'library' | 'other';

export interface StartFailure {
  readonly reason: FailureReason;
  readonly message: string;
  readonly hint: string;
}

export type Request =
  | { readonly op: 'lease'; readonly pid: number; readonly label: string }
  | { readonly op: 'keep' }
  | { readonly op: 'status' }
  | { readonly op: 'stop'; readonly force: boolean };

export type Reply =
  | { readonly ok: true; readonly op: 'lease'; readonly server: ServerRecord }
  | { readonly ok: true; readonly op: 'keep' }
  | { readonly ok: true; readonly op: 'status'; readonly status: ServerStatus }
  | { readonly ok: true; readonly op: 'stop'; readonly stopping: boolean; readonly leases: readonly LeaseHolder[] }
  /** The server is on its way down: wait for its end and start another. */
  | { readonly ok: false };
