import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The kernel's limit for the address of a unix socket, its closing zero included, on the strictest platform. */
const SOCKET_PATH_LIMIT = 104;

/** Names inside the data directory of a private server. */
export const recordFile = (dataDir: string): string => join(dataDir, 'server.json');
export const logFile = (dataDir: string): string => join(dataDir, 'server.log');
export const startLockFile = (dataDir: string): string => join(dataDir, 'starting.lock');
/** ClickHouse's own directory. */
export const engineDir = (dataDir: string): string => join(dataDir, 'data');
/** Configuration and socket of one run of the server; gone when it ends. */
export const runsDir = (dataDir: string): string => join(dataDir, 'run');
export const runDir = (dataDir: string, id: string): string => join(runsDir(dataDir), id);

/** A place for the socket: the run directory, or a private temporary one (second value) where that path is too long. */
export function socketPlace(directory: string): { readonly path: string; readonly temporary: string | undefined } {
  const path = join(directory, 'socket');
  if (Buffer.byteLength(path) < SOCKET_PATH_LIMIT) return { path, temporary: undefined };
  const temporary = mkdtempSync(join(tmpdir(), 'tsdbt-'));
  return { path: join(temporary, 'socket'), temporary };
}
