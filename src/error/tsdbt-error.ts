import type { ErrorCode } from './codes.ts';

/** A place in a file a person can open. `line` and `col` count from 1; `col` is 0 where only the line is known. */
export interface At {
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

export interface TsdbtErrorFields {
  readonly code: ErrorCode;
  readonly message: string;
  readonly at?: At | undefined;
  /** What the reader can do about it, one sentence. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  readonly problems?: readonly TsdbtError[];
}

/** Every error a person may see. Anything else that is thrown is a bug of ours. */
export class TsdbtError extends Error implements TsdbtErrorFields {
  readonly code: ErrorCode;
  readonly at: At | undefined;
  readonly hint: string | undefined;
  /** Where several problems were found at once: all of them, in the order in which they were found. */
  readonly problems: readonly TsdbtError[];

  constructor(fields: TsdbtErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.name = 'TsdbtError';
    this.code = fields.code;
    this.at = fields.at;
    this.hint = fields.hint;
    this.problems = fields.problems ?? [];
  }
}

export function isTsdbtError(value: unknown): value is TsdbtError {
  return value instanceof TsdbtError;
}

/** Throws what was gathered: nothing for none, the problem itself for one, otherwise one error that carries them all. */
export function throwProblems(problems: readonly TsdbtError[]): void {
  const [first, ...others] = problems;
  if (first === undefined) return;
  if (others.length === 0) throw first;
  throw new TsdbtError({
    code: first.code,
    message: `${problems.length} problems:\n${problems.map(({ message }) => message).join('\n')}`,
    at: first.at,
    problems,
  });
}
