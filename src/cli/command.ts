import type { OptionSpec } from './options.ts';
import type { Surroundings } from './surroundings.ts';

/** What was given on the command line, by dbt's names; what was not given is not in it. */
export type Given = Readonly<Record<string, unknown>>;

/** One command: a file of `commands/` each. `run` gives the exit code. */
export interface CommandSpec {
  /** Words of the command, such as `source freshness`. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly description: string;
  /** Positional arguments as commander writes them. */
  readonly arguments?: readonly {
    readonly name: string;
    readonly description: string;
    readonly choices?: readonly string[];
  }[];
  readonly options: readonly OptionSpec[];
  run(invocation: CommandInvocation): Promise<number>;
}

export interface CommandInvocation {
  readonly which: string;
  readonly given: Given;
  readonly positional: readonly string[];
  /** The words after `tsdbt`, for artifacts. */
  readonly argv: readonly string[];
  readonly surroundings: Surroundings;
}
