import type { Client } from 'pg';
import { TsdbtError } from '../../error/index.ts';

/** One session of Postgres; a sync holds its advisory lock in it from the first statement to the last. */
export type Connection = Client;

/** A sync that was killed gives its lock back within seconds, also while an index is built. Postgres 14 and later can. */
const NOTICE_DEAD_CLIENTS = `select set_config('client_connection_check_interval', '5s', false)
  where current_setting('server_version_num')::int >= 140000`;

/** Opens a session whose settings do not depend on the server's or the role's. Throws TSD5003. */
export async function connect(url: string, applicationName: string): Promise<Connection> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
  });
  // A connection that breaks between two statements reports here; the next statement fails with the same.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(
      `set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set client_encoding = 'UTF8';
       set extra_float_digits = 1; set standard_conforming_strings = on; set client_min_messages = warning;
       set default_tablespace = ''; set default_table_access_method = 'heap'`,
    );
    await client.query(NOTICE_DEAD_CLIENTS);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw new TsdbtError({
      code: 'TSD5003',
      message: `cannot connect to Postgres: ${(error as Error).message}`,
      hint: 'check the connection in profiles.yml (or TSDBT_PG_URL), and that the server is up',
      cause: error,
    });
  }
}

export async function rowsOf<T>(connection: Connection, sql: string, values: readonly unknown[] = []): Promise<T[]> {
  const result = await connection.query(sql, values as unknown[]);
  return result.rows as T[];
}
