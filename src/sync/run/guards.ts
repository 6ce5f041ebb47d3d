import { TsdbtError } from '../../error/index.ts';
import { keepIds } from '../plan/lookup.ts';
import { quoteName, quoteText, type TableName } from '../plan/names.ts';
import type { SyncPlan } from '../plan/plan.ts';
import { type Connection, rowsOf } from '../postgres/connection.ts';
import type { ClickHousePort, SyncDefinition } from '../types.ts';
import { countSource, type Prepared } from './prepare.ts';

/**
 * The mart may have been rebuilt between its count and its export, so a difference is counted once more. Rows beyond
 * the ids that were taken for them are never right.
 */
export async function expectedRows(
  definition: SyncDefinition,
  clickhouse: ClickHousePort,
  { plan, sourceRows }: Prepared,
  copied: number,
): Promise<number> {
  const beyondIds = copied > sourceRows && keepIds(definition) !== undefined;
  return copied === sourceRows || beyondIds ? sourceRows : countSource(clickhouse, plan.countSql);
}

export interface Loaded {
  readonly rows: number;
  readonly sourceRows: number;
  readonly targetRows: number | undefined;
}

/** Throws unless as many rows arrived as the source has, and enough of them to replace the old table. */
export function guardRows(definition: SyncDefinition, { rows, sourceRows, targetRows }: Loaded): void {
  const { guards } = definition;
  if (rows !== sourceRows) {
    throw refused(
      definition,
      `${rows} rows arrived, but the source has ${sourceRows}`,
      'the source changes while it is read: run the sync again',
    );
  }
  // What an increment brings says nothing about how much there ought to be.
  if (definition.incremental && targetRows !== undefined) return;
  if (rows < guards.min_rows) {
    throw refused(
      definition,
      `only ${rows} rows came, fewer than guards.min_rows (${guards.min_rows})`,
      LOOK_AT_SOURCE,
    );
  }
  if (targetRows !== undefined && rows < guards.min_share * targetRows) {
    const share = `${Math.floor((100 * rows) / targetRows)} %`;
    throw refused(
      definition,
      `${rows} rows would replace ${targetRows}: ${share}, less than guards.min_share (${guards.min_share})`,
      LOOK_AT_SOURCE,
    );
  }
}

const LOOK_AT_SOURCE = 'look at the model; if the table is meant to shrink, lower the guard for one run';

/** Distinct keys that were looked up, and how many were found. Throws where they are too few. */
export async function guardEnriched(
  definition: SyncDefinition,
  connection: Connection,
  plan: SyncPlan,
): Promise<{ readonly keys: number; readonly found: number } | undefined> {
  if (plan.enrichedSql === undefined) return undefined;
  const [row] = await rowsOf<{ keys: number; found: number }>(connection, plan.enrichedSql);
  const { keys, found } = row!;
  const least = definition.guards.min_enriched;
  if (keys > 0 && found < least * keys) {
    throw refused(
      definition,
      `only ${found} of ${keys} keys were found by the look-ups, less than guards.min_enriched (${least})`,
      'sync the tables that are looked up first',
    );
  }
  return { keys, found };
}

/** Throws where two rows have one key, or a row has none. */
export async function guardKey(definition: SyncDefinition, connection: Connection, table: TableName): Promise<void> {
  if (definition.key.length === 0) return;
  const key = definition.key.map((name) => quoteName(name)).join(', ');
  const [row] = await rowsOf<{ key: string; rows: number }>(
    connection,
    `select concat_ws(${quoteText(', ')}, ${key}) as key, count(*)::float8 as rows from ${quoteName(table)}
     group by ${key} having count(*) > 1 or num_nulls(${key}) > 0 limit 1`,
  );
  if (row)
    throw refused(
      definition,
      `key ${definition.key.join(', ')} is not unique: ${row.rows} rows have "${row.key}"`,
      LOOK_AT_SOURCE,
    );
}

function refused(definition: SyncDefinition, message: string, hint: string): TsdbtError {
  return new TsdbtError({
    code: 'TSD5002',
    message: `sync ${definition.name} was not swapped in: ${message}`,
    at: definition.at,
    hint,
  });
}
