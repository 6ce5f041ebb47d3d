import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isAlive } from './os-process.ts';
import { startLockFile } from './paths.ts';

/** Older than any start can be: then its holder's number belongs to another process, or to another machine's. */
const STALE_AFTER_MS = 90_000;

function isStale(file: string): boolean {
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    return age > STALE_AFTER_MS || !isAlive(Number(readFileSync(file, 'utf8')));
  } catch {
    return false;
  }
}

/**
 * Says who starts the server, so that others wait instead of starting one in vain. Returns the release, or undefined
 * where another process is at it. Only a courtesy: what keeps two servers apart is the engine's own lock on its data.
 */
export function takeStartLock(dataDir: string): (() => void) | undefined {
  const file = startLockFile(dataDir);
  if (isStale(file)) rmSync(file, { force: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
  return () => rmSync(file, { force: true });
}
