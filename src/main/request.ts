import type { BatchesBefore } from '../execute/index.ts';
import type { Emit, RunResult } from '../model/index.ts';
import type { LogFileOptions, Watcher } from '../report/index.ts';
import type { Data } from '../util/data.ts';

/** What is taken up again, by unique_id. */
export interface Retried {
  /** Taken whatever the options choose. */
  readonly ids: ReadonlySet<string>;
  /** Of microbatch models that were built in part. */
  readonly batches: ReadonlyMap<string, BatchesBefore>;
}

/** Asks a person, or reads what was prepared for a pipe. */
export interface Ask {
  readonly isTerminal: boolean;
  /** The answer without its line end; undefined where there is no more. */
  line(question: string): Promise<string | undefined>;
}

/** One command as it was asked for: everything main needs of the world outside. */
export interface Request {
  /** The command, such as `run` or `server start`. */
  readonly which: string;
  /** Options of the command line by dbt's names; what was not given is not in it. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Of a retry: what the run before it left undone. */
  readonly retried?: Retried;
  /** The words after the executable's name, as artifacts keep them. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly invocationId: string;
  readonly emit: Emit;
  /** Called once the project is read: its folder, and where its log file goes. */
  readonly opened: (root: string, log: LogFileOptions, flags: Readonly<Record<string, Data>>) => void;
  /** Told the results of the nodes, once they are known. */
  readonly ended?: ((results: readonly RunResult[]) => void) | undefined;
  /** Wants to know how far running nodes are: somebody looks at a terminal. */
  readonly watching?: () => Watcher | undefined;
  /** Reads answers; undefined where nobody could give one. */
  readonly ask?: Ask | undefined;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
}
