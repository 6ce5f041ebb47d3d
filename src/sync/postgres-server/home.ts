import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, assertOwnFolder, canReach } from './account.ts';

/** Where the private server keeps what. `state` is ours alone; `base` must be reachable by the server's account. */
export interface Home {
  readonly state: string;
  readonly leases: string;
  readonly lock: string;
  readonly record: string;
  readonly kept: string;
  readonly base: string;
  readonly data: string;
  readonly log: string;
  readonly binCopy: string;
}

/**
 * Lays out the folders for the project whose state lies in `stateDir`. The data stays beside the project where the
 * server's account can reach it; a clone that only root may read gets a folder of its own under /var/lib or the temporary folder.
 */
export function homeOf(stateDir: string, account: Account | undefined): Home {
  const state = join(stateDir, 'postgres');
  mkdirSync(state, { recursive: true, mode: account ? 0o755 : 0o700 });
  const base = account && !canReach(account, state) ? outsideBase(realpathSync(state)) : state;
  return {
    state,
    leases: join(state, 'leases'),
    lock: join(state, 'lock'),
    record: join(state, 'server.json'),
    kept: join(state, 'kept'),
    base,
    data: join(base, 'data'),
    log: join(base, 'server.log'),
    binCopy: join(base, 'programs'),
  };
}

function outsideBase(state: string): string {
  const name = `tsdbt-pg-${createHash('sha256').update(state).digest('hex').slice(0, 12)}`;
  const base = join(existsSync('/var/lib') ? '/var/lib' : tmpdir(), name);
  if (existsSync(base)) assertOwnFolder(base, [0]);
  else mkdirSync(base, { mode: 0o755 });
  chmodSync(base, 0o755);
  return base;
}

/** Makes an empty folder that belongs to the account alone. */
export function privateFolder(path: string, account: Account | undefined): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (account) chownSync(path, account.uid, account.gid);
}
