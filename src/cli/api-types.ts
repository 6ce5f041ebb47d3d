/** One thing that happened while a command ran: dbt's event, with dbt's words for it. */
export interface TsdbtEvent {
  /** dbt's name of the event, such as `LogModelResult`. */
  readonly name: string;
  /** dbt's code, such as `Q012`. */
  readonly code: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** What dbt's line says, without colours. */
  readonly message: string;
  readonly at: Date;
  /** The worker, such as `Thread-1 (worker)`. */
  readonly thread: string;
  /** The event's fields, by dbt's names; `node_info` where it is about a node. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** How a node came out: one entry of run_results.json. Times are in seconds. */
export interface TsdbtResult {
  readonly unique_id: string;
  readonly status:
    | 'success'
    | 'error'
    | 'skipped'
    | 'partial success'
    | 'no-op'
    | 'reused'
    | 'pass'
    | 'fail'
    | 'warn'
    | 'runtime error';
  readonly execution_time: number;
  readonly thread_id: string;
  readonly message: string | null;
  /** Of a test: how many rows failed. */
  readonly failures: number | null;
  readonly compiled_code: string | null;
  readonly relation_name: string | null;
  readonly adapter_response: Readonly<Record<string, unknown>>;
  readonly timing: readonly { readonly name: string; readonly started_at: string; readonly completed_at: string }[];
}

/** What stopped a command before or beside its nodes. */
export interface TsdbtProblem {
  /** Such as `TSD1103`; empty where it is a fault of tsdbt's own. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** `line` and `col` from 1; 0 where unknown. */
  readonly at?: { readonly file: string; readonly line: number; readonly col: number };
}

export interface TsdbtOutcome {
  /** 0 done, 1 a node failed, 2 the command could not be carried out or was interrupted; jobs have more. */
  readonly exitCode: number;
  readonly success: boolean;
  /** In the order they ended; empty for commands that run no nodes. */
  readonly results: readonly TsdbtResult[];
  /** What the command printed as its answer: the lines of `ls`, what `print()` said. */
  readonly printed: readonly string[];
  /** Empty unless the exit code is 2. */
  readonly problems: readonly TsdbtProblem[];
}

export interface TsdbtOptions {
  /** Where the project is looked for; the process's own folder where it is not given. */
  readonly cwd?: string;
  /** Instead of the process's own environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Ends the command as Ctrl-C does: statements are killed, artifacts written, exit code 2. */
  readonly signal?: AbortSignal;
  /** Called for every event, debug level included, in order. An exception thrown here is thrown by `invoke`. */
  readonly onEvent?: (event: TsdbtEvent) => void;
  /** Where lines go that the command line would write; nowhere where it is not given. */
  readonly write?: (text: string) => void;
}

export interface Tsdbt {
  /**
   * Runs one command in this process: the words that stand after `tsdbt` on a command line.
   * Never rejects for what is wrong with the project or the database: that is in the outcome.
   */
  invoke(args: readonly string[], options?: TsdbtOptions): Promise<TsdbtOutcome>;
}
