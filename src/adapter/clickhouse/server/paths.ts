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

/**
 * Where a socket may be: in the run directory, and in a private temporary one, which is made when asked for: for paths
 * too long for a socket, and file systems that cannot hold one.
 */
export function* socketPlaces(directory: string): Generator<{ readonly path: string; readonly temporary?: string }> {
  const path = join(directory, 'socket');
  if (Buffer.byteLength(path) < SOCKET_PATH_LIMIT) yield { path };
  const temporary = mkdtempSync(join(tmpdir(), 'tsdbt-'));
  yield { path: join(temporary, 'socket'), temporary };
}
