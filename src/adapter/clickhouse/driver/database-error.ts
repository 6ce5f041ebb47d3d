import { type ErrorCode, TsdbtError } from '../../../error/index.ts';

/** What ClickHouse said. */
export interface DatabaseErrorInfo {
  /** ClickHouse's number, e.g. 60; 0 where there was no answer from ClickHouse. */
  readonly number: number;
  /** ClickHouse's name, e.g. `UNKNOWN_TABLE`; '' where there is none. */
  readonly name: string;
  /** The message without code, name, version and stack trace. */
  readonly text: string;
  readonly queryId: string;
  /** Place in the statement as it was sent, lines and columns from 1, where the message tells one. */
  readonly position: { readonly line: number; readonly col: number } | undefined;
}

/** A statement failed (TSD3001), or the server could not be reached (TSD3002). */
export class DatabaseError extends TsdbtError {
  readonly databaseError: DatabaseErrorInfo;

  constructor(code: ErrorCode, info: DatabaseErrorInfo, message: string, hint?: string, cause?: unknown) {
    super({ code, message, hint, cause });
    this.name = 'DatabaseError';
    this.databaseError = info;
  }
}

export const isDatabaseError = (value: unknown): value is DatabaseError => value instanceof DatabaseError;
