import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ENOUGH_BYTES = 64 * 1024 * 1024;

/**
 * A folder for tables that are empty and soon gone. In memory where the system offers that: making and removing some
 * hundred tables on a disk costs more than typing all of Stir's models.
 */
export function makeFolder(): { readonly path: string; remove(): void } {
  const path = makeIn('/dev/shm') ?? mkdtempSync(join(tmpdir(), 'tsdbt-engine-'));
  const remove = (): void => {
    process.off('exit', remove);
    rmSync(path, { recursive: true, force: true });
  };
  process.on('exit', remove);
  return { path, remove };
}

function makeIn(parent: string): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(parent);
    return bavail * bsize < ENOUGH_BYTES ? undefined : mkdtempSync(join(parent, 'tsdbt-engine-'));
  } catch {
    return undefined;
  }
}
