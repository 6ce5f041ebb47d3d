import { TsdbtError } from '../../error/index.ts';
import { quoteName, quoteText, type TableName, temporaryPattern } from '../plan/names.ts';
import { type Connection, rowsOf } from './connection.ts';

/** Keeps every other sync of this table out until the session ends. Throws TSD5002 where one is at work. */
export async function lockTarget(connection: Connection, table: TableName): Promise<void> {
  const [row] = await rowsOf<{ locked: boolean }>(connection, `select pg_try_advisory_lock(${keyOf(table)}) as locked`);
  if (row?.locked) return;
  const holder = await lockHolder(connection, table);
  throw new TsdbtError({
    code: 'TSD5002',
    message: `another sync of ${table.schema}.${table.name} is running${holder === undefined ? '' : ` (${holder})`}`,
    hint: 'wait until it has ended; a sync that was killed gives its lock back with its connection',
  });
}

/** Who has the lock, in words; undefined where nobody has. */
export async function lockHolder(connection: Connection, table: TableName): Promise<string | undefined> {
  const [holder] = await rowsOf<{ pid: number; application_name: string }>(
    connection,
    `select a.pid, a.application_name from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.granted and ((l.classid::int8 << 32) | l.objid::int8) = ${keyOf(table)}`,
  );
  return holder && `backend ${holder.pid}, ${holder.application_name}`;
}

function keyOf(table: TableName): string {
  return `hashtextextended(${quoteText(`tsdbt sync ${quoteName(table)}`)}, 0)`;
}

/** Tables that dead syncs of this table left; to one who does not hold its lock, also that of a sync at work. */
export async function findLeftovers(connection: Connection, table: TableName): Promise<string[]> {
  const rows = await rowsOf<{ name: string }>(
    connection,
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relname ~ $2 and c.relkind = 'r'`,
    [table.schema, temporaryPattern(table)],
  );
  return rows.map(({ name }) => name);
}

/** Drops what dead syncs of this table left. Only the holder of its lock may. Returns the names. */
export async function sweepLeftovers(connection: Connection, table: TableName): Promise<string[]> {
  const names = await findLeftovers(connection, table);
  for (const name of names) {
    await connection.query(`drop table ${quoteName({ schema: table.schema, name })} cascade`);
  }
  return names;
}
