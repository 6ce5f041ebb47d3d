import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { serverAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { type Cluster, initialise, isRunning, readRecord, type ServerRecord, start, stop } from './cluster.ts';
import { homeOf } from './home.ts';
import { sweepLeases, takeLease, withFileLock } from './lease.ts';

/** A Postgres to work with; `release` gives it back, and the last to do so stops a server that is ours and not kept. */
export interface PostgresServer {
  /** postgres://user:password@host:port/database; holds a secret, so never print it. */
  readonly url: string;
  /** The same without the password, for people. */
  readonly shownUrl: string;
  readonly origin: 'configured' | 'machine' | 'npm';
  release(): Promise<void>;
}

export interface EnsureOptions {
  /** Folder for what tsdbt keeps between runs (`.tsdbt`). */
  readonly stateDir: string;
  /** A server to use instead of a private one; TSDBT_PG_URL where not given. */
  readonly url?: string | undefined;
  readonly env?: NodeJS.ProcessEnv;
  /** Leave it running until `stopPostgres`. */
  readonly keep?: boolean;
}

export interface PostgresStatus {
  readonly running: boolean;
  readonly kept: boolean;
  readonly leases: number;
  readonly dataDir: string;
  readonly url?: string;
}

/** Another tsdbt may be making the data directory on a slow disk. */
const LOCK_SECONDS = 120;

/** Gives a Postgres: the configured one, else a private one, started if need be. Throws TSD5004 with what to do. */
export async function ensurePostgres(options: EnsureOptions): Promise<PostgresServer> {
  const env = options.env ?? process.env;
  const url = options.url || env['TSDBT_PG_URL'];
  if (url) return { url, shownUrl: withoutPassword(url), origin: 'configured', release: async () => {} };
  const cluster = locate(options.stateDir, env);
  const { home } = cluster;
  const { record, lease } = await withFileLock(home.lock, LOCK_SECONDS, async () => {
    const taken = takeLease(home.leases);
    try {
      if (options.keep) writeFileSync(home.kept, '', { mode: 0o600 });
      return { record: await running(cluster), lease: taken };
    } catch (error) {
      rmSync(taken, { force: true });
      throw error;
    }
  });
  const privateUrl = urlOf(record);
  let released: Promise<void> | undefined;
  const release = () => {
    released ??= withFileLock(home.lock, LOCK_SECONDS, async () => {
      rmSync(lease, { force: true });
      if (sweepLeases(home.leases) === 0 && !existsSync(home.kept)) await stop(cluster);
    });
    return released;
  };
  return { url: privateUrl, shownUrl: withoutPassword(privateUrl), origin: cluster.binaries.origin, release };
}

async function running(cluster: Cluster): Promise<ServerRecord> {
  const record = readRecord(cluster.home);
  if (await isRunning(cluster)) {
    if (record) return record;
    // Its record, and with it the password, went with a folder that somebody removed.
    await stop(cluster);
  }
  await initialise(cluster);
  return start(cluster);
}

/** Stops the private server whoever uses it, and forgets that it was to be kept. True if it was running. */
export async function stopPostgres(options: { readonly stateDir: string }): Promise<boolean> {
  const cluster = locate(options.stateDir, process.env);
  return withFileLock(cluster.home.lock, LOCK_SECONDS, async () => {
    rmSync(cluster.home.kept, { force: true });
    if (!(await isRunning(cluster))) return false;
    await stop(cluster);
    return true;
  });
}

export async function postgresStatus(options: { readonly stateDir: string }): Promise<PostgresStatus> {
  const cluster = locate(options.stateDir, process.env);
  const up = await isRunning(cluster);
  const record = readRecord(cluster.home);
  const kept = existsSync(cluster.home.kept);
  const base = { running: up, kept, leases: sweepLeases(cluster.home.leases), dataDir: cluster.home.data };
  return up && record ? { ...base, url: urlOf(record) } : base;
}

function locate(stateDir: string, env: NodeJS.ProcessEnv): Cluster {
  const account = serverAccount();
  const home = homeOf(stateDir, account);
  return { home, account, binaries: findBinaries(account, home.binCopy, env) };
}

function urlOf({ user, password, port }: ServerRecord): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/postgres`;
}

function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^:@/]*):[^@]*@/, '$1:***@');
}
