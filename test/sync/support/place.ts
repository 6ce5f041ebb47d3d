import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { type Driver, ensureServer, openDriver, stopServer } from '../../../src/adapter/index.ts';
import { ensurePostgres, postgresStatus, stopPostgres } from '../../../src/sync/index.ts';

/** A private ClickHouse and a private Postgres of a test file, with a way to ask each. */
export interface Place {
  readonly clickhouse: Driver;
  /** To open a second driver with. */
  readonly credentials: object;
  readonly url: string;
  /** Runs statements of ClickHouse one after the other. */
  ch(...statements: string[]): Promise<void>;
  /** Rows of a statement of Postgres, as arrays. */
  pg(sql: string): Promise<unknown[][]>;
  /** After Postgres has ended every session. */
  reconnect(): Promise<void>;
  close(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-sync-test-'));
  const state = join(dir, '.tsdbt');
  const [server, postgres] = await Promise.all([
    ensureServer({ dataDir: join(dir, 'ch') }),
    ensurePostgres({ stateDir: state, env: { ...process.env, TSDBT_PG_URL: '' } }),
  ]);
  const credentials = {
    host: server.host,
    port: server.port,
    user: server.user,
    password: server.password,
    schema: 'dbt',
  };
  const clickhouse = await openDriver(credentials, { threads: 4, singleServer: true });
  const session = async () => {
    const opened = new pg.Client({ connectionString: postgres.url });
    opened.on('error', () => {});
    await opened.connect();
    await opened.query(`set timezone = 'UTC'`);
    return opened;
  };
  let client = await session();
  return {
    clickhouse,
    credentials,
    url: postgres.url,
    async ch(...statements) {
      for (const sql of statements) await clickhouse.query(sql);
    },
    async pg(sql) {
      const result = await client.query({ text: sql, rowMode: 'array' });
      return (Array.isArray(result) ? result.at(-1) : result).rows;
    },
    async reconnect() {
      client = await session();
    },
    async close() {
      await client.end();
      await clickhouse.close();
      const { dataDir } = await postgresStatus({ stateDir: state });
      await stopPostgres({ stateDir: state });
      await stopServer(join(dir, 'ch'), { force: true });
      rmSync(dirname(dataDir), { recursive: true, force: true });
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
