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
}

/** Every error a person may see. Anything else that is thrown is a bug of ours. */
export class TsdbtError extends Error implements TsdbtErrorFields {
  readonly code: ErrorCode;
  readonly at: At | undefined;
  readonly hint: string | undefined;

  constructor(fields: TsdbtErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.name = 'TsdbtError';
    this.code = fields.code;
    this.at = fields.at;
    this.hint = fields.hint;
  }
}

export function isTsdbtError(value: unknown): value is TsdbtError {
  return value instanceof TsdbtError;
}
