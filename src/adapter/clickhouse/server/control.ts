import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EnsureOptions, ensureServer } from './ensure.ts';
import { readRecord } from './record.ts';
import { talk } from './talk.ts';
import type { LeaseHolder, Request, ServerAddress, ServerStatus } from './types.ts';

async function request(dataDir: string, message: Request) {
  let directory: string;
  try {
    directory = realpathSync(dataDir);
  } catch {
    return undefined;
  }
  const record = readRecord(directory);
  return record === undefined ? undefined : await talk(record.socket, message);
}

/** What runs in a data directory; undefined where nothing does. */
export async function serverStatus(dataDir: string): Promise<ServerStatus | undefined> {
  const answer = await request(dataDir, { op: 'status' });
  answer?.socket.destroy();
  return answer?.reply.ok && answer.reply.op === 'status' ? answer.reply.status : undefined;
}

/** Starts the server of a directory, or takes the one that runs, and keeps it up until stopServer. Throws TSD3003. */
export async function startServer(dataDir: string, options: Omit<EnsureOptions, 'dataDir' | 'keepUp'> = {}) {
  const server = await ensureServer({ ...options, dataDir, keepUp: true });
  const { url, host, port, user, password } = server;
  await server.release();
  return { url, host, port, user, password } satisfies ServerAddress;
}

export interface StopResult {
  /** `stopped`; `in-use`: it stops when the last of `leases` ends; `not-running`. */
  readonly state: 'stopped' | 'in-use' | 'not-running';
  readonly leases: readonly LeaseHolder[];
}

/** Ends the server of a directory and waits for its end. While others use it, it only stops being kept up, unless forced. */
export async function stopServer(dataDir: string, options: { readonly force?: boolean } = {}): Promise<StopResult> {
  const answer = await request(dataDir, { op: 'stop', force: options.force === true });
  if (answer === undefined) return { state: 'not-running', leases: [] };
  const { reply, socket } = answer;
  const stop = reply.ok && reply.op === 'stop' ? reply : undefined;
  if (stop?.stopping === false) {
    socket.destroy();
    return { state: 'in-use', leases: stop.leases };
  }
  // The supervisor ends after its server, and this connection with it.
  if (!socket.closed) await Promise.race([once(socket, 'close'), sleep(15_000, undefined, { ref: false })]);
  socket.destroy();
  return { state: 'stopped', leases: stop?.leases ?? [] };
}

/** Lines for a shell: what curl, clickhouse tools and dbt need to connect. */
export function printEnv(server: ServerAddress): string {
  const values = {
    CLICKHOUSE_URL: server.url,
    CLICKHOUSE_HOST: server.host,
    CLICKHOUSE_PORT: String(server.port),
    CLICKHOUSE_USER: server.user,
    CLICKHOUSE_PASSWORD: server.password,
  };
  return Object.entries(values)
    .map(([name, value]) => `export ${name}='${value}'\n`)
    .join('');
}
