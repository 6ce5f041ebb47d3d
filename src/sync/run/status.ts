import { backupTable, dropBackup } from '../plan/backups.ts';
import { shown } from '../plan/lookup.ts';
import { stateTable } from '../plan/merge.ts';
import { quoteName, type TableName } from '../plan/names.ts';
import { type Connection, connect, rowsOf } from '../postgres/connection.ts';
import { findLeftovers, lockHolder, lockTarget, sweepLeftovers } from '../postgres/lock.ts';
import { readBackups, readMark } from '../postgres/state.ts';
import type { SyncDefinition } from '../types.ts';

/** A table as Postgres last counted it. */
export interface TableStatus {
  readonly table: string;
  /** By its last VACUUM or ANALYZE; undefined where there was none. */
  readonly rows: number | undefined;
  /** With indexes. */
  readonly bytes: number;
}

/** What Postgres knows of a sync's target. */
export interface SyncStatus {
  readonly name: string;
  readonly target: string;
  /** Undefined where the target is not there. */
  readonly table: TableStatus | undefined;
  /** The newest first. */
  readonly backups: readonly TableStatus[];
  /** Tables that dead syncs left, or one at work has. */
  readonly leftovers: readonly string[];
  /** Who syncs it now. */
  readonly running: string | undefined;
  readonly highWater: string | undefined;
}

export async function syncStatus(definition: SyncDefinition, postgresUrl: string): Promise<SyncStatus> {
  return within(postgresUrl, definition, 'status', async (connection) => {
    const { table } = definition;
    const kept: TableStatus[] = [];
    for (const number of await readBackups(connection, definition)) {
      const backup = await tableStatus(connection, backupTable(definition, number));
      if (backup !== undefined) kept.push(backup);
    }
    return {
      name: definition.name,
      target: shown(table),
      table: await tableStatus(connection, table),
      backups: kept,
      leftovers: await findLeftovers(connection, table),
      running: await lockHolder(connection, table),
      highWater: await readMark(connection, stateTable(definition), definition.name),
    };
  });
}

export interface CleanOptions {
  /** Backups go too. */
  readonly backups: boolean;
  /** Only say what would go. */
  readonly dryRun: boolean;
}

/** Drops what dead syncs of this target left; names what went. Throws TSD5002 where one is at work. */
export async function cleanSync(
  definition: SyncDefinition,
  postgresUrl: string,
  { backups, dryRun }: CleanOptions,
): Promise<readonly string[]> {
  return within(postgresUrl, definition, 'clean', async (connection) => {
    await lockTarget(connection, definition.table);
    const leftovers = await (dryRun ? findLeftovers : sweepLeftovers)(connection, definition.table);
    const numbers = backups ? await readBackups(connection, definition) : [];
    const tables = numbers.map((number) => backupTable(definition, number));
    if (!dryRun) for (const table of tables) await connection.query(dropBackup(definition, table));
    return [...leftovers, ...tables.map(({ name }) => name)];
  });
}

async function within<T>(
  url: string,
  { name }: SyncDefinition,
  what: string,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await connect(url, `tsdbt ${what} ${name}`);
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

async function tableStatus(connection: Connection, table: TableName): Promise<TableStatus | undefined> {
  const [row] = await rowsOf<{ rows: number; bytes: number }>(
    connection,
    `select c.reltuples::float8 as rows, pg_total_relation_size(c.oid)::float8 as bytes from pg_class c where c.oid = to_regclass($1)`,
    [quoteName(table)],
  );
  return row && { table: shown(table), rows: row.rows < 0 ? undefined : row.rows, bytes: row.bytes };
}
