import { isTsdbtError, TsdbtError } from '../../error/index.ts';
import { quoteValue } from '../plan/names.ts';
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
  if (!byRows || deps.signal?.aborted === true) return error;
  const settings = { ...plan.settings, max_execution_time: SECONDS };
  const find = async (sql: string | undefined) =>
    sql === undefined ? undefined : (await deps.clickhouse.query(sql, { settings }).catch(() => undefined))?.rows[0];
  const named = byValueSql(plan, (error as { where?: string }).where ?? '');
  const row = (await find(named)) ?? (await find(plan.offender.search));
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

/** COPY's text format tells column and value, cut after a while: `COPY t, line 5, column "price": "12,5"`. */
function byValueSql({ offender }: SyncPlan, where: string): string | undefined {
  for (const [column, { select, text, first }] of Object.entries(offender.byValue)) {
    const lead = `, column ${column}: "`;
    const at = where.indexOf(lead);
    if (at < 0) continue;
    const [, value, cut] = /^(.*?)(\.\.\.)?"$/s.exec(where.slice(at + lead.length)) ?? [];
    const said = quoteValue(value ?? '');
    return `${select} WHERE ifNull(${cut === undefined ? `${text} = ${said}` : `startsWith(${text}, ${said})`}, 0) ${first}`;
  }
  return undefined;
}
