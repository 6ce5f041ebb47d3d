import { isTsdbtError, TsdbtError } from '../../error/index.ts';
import type { SyncPlan } from '../plan/plan.ts';
import type { SyncSession } from './session.ts';

/** Postgres' classes of errors that rows cause: data, integrity. What has no code is a lost connection. */
const BY_ROWS = /^2[23]/;
const SECONDS = 60;

/** A load's error with the first row that explains it; the same error where none does. */
export async function withOffender(
  { definition, deps }: SyncSession,
  plan: SyncPlan,
  error: unknown,
): Promise<unknown> {
  const byRows = isTsdbtError(error) || BY_ROWS.test((error as { code?: string }).code ?? '');
  if (plan.offenderSql === undefined || !byRows || deps.signal?.aborted === true) return error;
  const settings = { max_execution_time: SECONDS };
  const found = await deps.clickhouse.query(plan.offenderSql, { settings }).catch(() => undefined);
  const row = found?.rows[0];
  if (row === undefined) return error;
  const [column, key, value] = row.map(String);
  const { message, where } = error as Error & { where?: string };
  return new TsdbtError({
    code: 'TSD5002',
    message: `sync ${definition.name} failed: ${message}${where === undefined ? '' : `\n  ${where}`}
  first such row: column "${column}"${key === '' ? '' : `, ${key}`}, value ${JSON.stringify(value)}`,
    at: definition.at,
    hint: 'the target is as it was before; put the value right in the model, or give the column another type',
    cause: error,
  });
}
