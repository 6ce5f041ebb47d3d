import type { RuntimeContext } from '../../context/index.ts';
import { statementResult } from '../../context/index.ts';
import type { Outcome } from '../types.ts';

/** A relation was made: what the server said of it is the message, `OK` or `INSERT 2`. */
export function made(context: RuntimeContext): Outcome {
  const response = statementResult(context, 'main')?.response ?? {};
  const message = typeof response['_message'] === 'string' ? response['_message'] : 'OK';
  return { status: 'success', message, failures: null, adapterResponse: response };
}

/** Nothing was asked of the database. */
export const COMPILED: Outcome = { status: 'success', message: null, failures: null, adapterResponse: {} };
