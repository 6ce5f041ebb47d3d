import type { DataMap } from '../util/data.ts';
import type { Environment } from './flags/environment.ts';

/** All that an invocation is given from outside. */
export interface LoadInput {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Environment;
  /** Sub-command, such as `run` or `docs generate`. */
  readonly which: string;
  /** The words after the executable's name, for `invocation_command`. */
  readonly argv: readonly string[];
  /**
   * Options that were given, before or after the sub-command, by dbt's names in snake case (`full_refresh`, `project_dir`).
   * Text as typed, lists of words, or data already.
   */
  readonly options: DataMap;
  /** The clock, unless TSDBT_NOW says otherwise. */
  readonly now?: Date;
  /** A random one without it. */
  readonly invocationId?: string;
}
