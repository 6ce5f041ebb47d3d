/** The database boundary. What is heavy to load is loaded by the function that needs it. */
import type {
  EnsureOptions,
  PrivateServer,
  ServerAddress,
  ServerStatus,
  StopResult,
} from './clickhouse/server/index.ts';

export {
  type Credentials,
  DatabaseError,
  type DatabaseErrorInfo,
  type Driver,
  type DriverOptions,
  isDatabaseError,
  openDriver,
  type QueryOptions,
  type QueryResult,
} from './clickhouse/driver/index.ts';
export type { EnsureOptions, PrivateServer, ServerAddress, ServerStatus, StopResult };

const server = () => import('./clickhouse/server/index.ts');

/** See clickhouse/server: a lease on the private ClickHouse of a directory, started if it does not run. Throws TSD3003. */
export async function ensureServer(options: EnsureOptions): Promise<PrivateServer> {
  return (await server()).ensureServer(options);
}

/** Starts the private ClickHouse of a directory and keeps it up until stopServer. Throws TSD3003. */
export async function startServer(dataDir: string): Promise<ServerAddress> {
  return (await server()).startServer(dataDir);
}

export async function serverStatus(dataDir: string): Promise<ServerStatus | undefined> {
  return (await server()).serverStatus(dataDir);
}

export async function stopServer(dataDir: string, options: { readonly force?: boolean } = {}): Promise<StopResult> {
  return (await server()).stopServer(dataDir, options);
}

/** Lines for a shell: what curl, clickhouse tools and dbt need to connect to a private server. */
export async function printEnv(address: ServerAddress): Promise<string> {
  return (await server()).printEnv(address);
}
