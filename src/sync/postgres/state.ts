import { backupTable, MOST_BACKUPS } from '../plan/backups.ts';
import { quoteName, type TableName } from '../plan/names.ts';
import type { FrontFacts } from '../plan/shape.ts';
import type { SyncDefinition } from '../types.ts';
import { type Connection, rowsOf } from './connection.ts';

/** The high-water mark of a sync; undefined where it has never run. */
export async function readMark(connection: Connection, state: TableName, sync: string): Promise<string | undefined> {
  if (!(await exists(connection, state))) return undefined;
  const sql = `select high_water as mark from ${quoteName(state)} where sync = $1`;
  const [row] = await rowsOf<{ mark: string }>(connection, sql, [sync]);
  return row?.mark;
}

/** Numbers of the backups that there are, ascending. */
export async function readBackups(connection: Connection, definition: SyncDefinition): Promise<readonly number[]> {
  const names = Array.from({ length: MOST_BACKUPS }, (_, i) => quoteName(backupTable(definition, i + 1)));
  const rows = await rowsOf<{ number: number }>(
    connection,
    `select n::int as number from unnest($1::text[]) with ordinality t (name, n) where to_regclass(name) is not null order by n`,
    [names],
  );
  return rows.map(({ number }) => number);
}

/** Rows of a table; undefined where there is none. */
export async function countRows(connection: Connection, table: TableName): Promise<number | undefined> {
  if (!(await exists(connection, table))) return undefined;
  const [row] = await rowsOf<{ rows: number }>(connection, `select count(*)::float8 as rows from ${quoteName(table)}`);
  return row!.rows;
}

/** What has the name that readers know, beside which the sync fills `table`; undefined where nothing has. */
export async function readFront(
  connection: Connection,
  front: TableName,
  table: TableName,
): Promise<FrontFacts | undefined> {
  const sql = `select c.relkind::text as kind,
      array(select distinct k.conrelid::regclass::text from pg_constraint k where k.contype = 'f' and k.confrelid = c.oid and k.conparentid = 0) as referrers,
      array(select i.inhrelid::regclass::text from pg_inherits i where i.inhparent = c.oid and i.inhrelid is distinct from to_regclass($2)) as others
    from pg_class c where c.oid = to_regclass($1)`;
  const [facts] = await rowsOf<FrontFacts>(connection, sql, [quoteName(front), quoteName(table)]);
  return facts;
}

async function exists(connection: Connection, table: TableName): Promise<boolean> {
  const [row] = await rowsOf<{ there: boolean }>(connection, 'select to_regclass($1) is not null as there', [
    quoteName(table),
  ]);
  return row!.there;
}
