/** The database boundary. What is heavy to load is loaded by the function that needs it. */
import type { AgateTable } from '../context/index.ts';
import type { Driver } from './clickhouse/driver/index.ts';
import type { HistoryPlace } from './clickhouse/history/history.ts';
import type { HistoryEntry, HistoryLine, HistoryRun } from './clickhouse/history/types.ts';
import type { DeliveryLedger, Letter } from './clickhouse/ledger/types.ts';
import type { LockTables } from './clickhouse/locks/lock-tables.ts';
import type {
  EnsureOptions,
  PrivateServer,
  ServerAddress,
  ServerStatus,
  StopResult,
} from './clickhouse/server/index.ts';
import type { SeedOptions } from './seed/load-seed.ts';
import type { Adapter, AdapterOptions } from './types.ts';

export { clickhouseDialect, dialectFor } from './clickhouse/dialect.ts';
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
export type { Adapter, AdapterOptions, CallMacro, NodeSession, SessionOptions } from './types.ts';
export type {
  DeliveryLedger,
  EnsureOptions,
  HistoryEntry,
  HistoryLine,
  HistoryPlace,
  HistoryRun,
  Letter,
  PrivateServer,
  SeedOptions,
  ServerAddress,
  ServerStatus,
  StopResult,
};

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

const history = () => import('./clickhouse/history/history.ts');

/** See clickhouse/history: adds what became of nodes, in one statement. Throws DatabaseError. */
export async function writeHistory(
  place: HistoryPlace,
  run: HistoryRun,
  entries: readonly HistoryEntry[],
): Promise<void> {
  return (await history()).writeHistory(place, run, entries);
}

/** See clickhouse/history: seconds since the last success of each relation (`database.table`) that it knows. */
export async function lastBuilt(
  place: HistoryPlace,
  relations: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  return (await history()).lastBuilt(place, relations);
}

/** See clickhouse/history: the lines of some nodes, the newest first. */
export async function readHistory(
  place: HistoryPlace,
  wanted: { readonly nodes: readonly string[]; readonly days: number; readonly limit: number },
): Promise<readonly HistoryLine[]> {
  return (await history()).readHistory(place, wanted);
}

/** See clickhouse/history: details of nodes of one kind that were recorded after a mark. */
export async function readDetails(
  place: HistoryPlace,
  wanted: { readonly project: string; readonly kind: string; readonly days: number; readonly mark: string | undefined },
): Promise<{ readonly details: readonly string[]; readonly mark: string }> {
  return (await history()).readDetails(place, wanted);
}

/** See clickhouse/locks: locks that hold between machines. */
export async function openLockTables(place: HistoryPlace): Promise<LockTables> {
  return (await import('./clickhouse/locks/lock-tables.ts')).makeLockTables(place);
}

/** See clickhouse/ledger: which rows were sent to services. */
export async function openLedger(place: HistoryPlace): Promise<DeliveryLedger> {
  return (await import('./clickhouse/ledger/ledger.ts')).makeLedger(place);
}

/** See clickhouse/engine: an empty ClickHouse within this process. Throws TSD3003. */
export async function openEngine(settings: Readonly<Record<string, string | number | boolean>> = {}): Promise<Driver> {
  return (await import('./clickhouse/engine/open-engine.ts')).openEngine(settings);
}

/** What an invocation knows about its server: catalog, cache, and a session for each node. Without a driver: offline. */
export async function openAdapter(options: AdapterOptions): Promise<Adapter> {
  return (await import('./clickhouse/adapter.ts')).makeAdapter(options);
}

/** See seed/load-seed: a seed's CSV file as a table. */
export async function loadSeed(path: string, options?: SeedOptions): Promise<AgateTable> {
  return (await import('./seed/load-seed.ts')).loadSeed(path, options);
}
