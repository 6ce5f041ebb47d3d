import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { TsdbtError } from '../../error/index.ts';

/** An operating system user that runs the server. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Who the server must run as: undefined means as ourselves. Postgres refuses root, so root lends it an ordinary user. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readAccounts();
  for (const name of ['postgres', 'nobody']) {
    const found = accounts.find((account) => account.name === name && account.uid !== 0);
    if (found) return found;
  }
  throw new TsdbtError({
    code: 'TSD5004',
    message: 'Postgres does not run as root, and this machine has neither a user "postgres" nor "nobody"',
    hint: 'run tsdbt as an ordinary user, or set TSDBT_PG_URL to a Postgres that is already running',
  });
}

function readAccounts(): Account[] {
  if (!existsSync('/etc/passwd')) return [];
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name, , uid, gid]) => ({ name: name!, uid: Number(uid), gid: Number(gid) }));
}

/** True where `account` may pass through every folder above and including `path` (the nearest that exists). */
export function canReach(account: Account, path: string): boolean {
  let at = resolve(path);
  while (!existsSync(at)) at = dirname(at);
  for (;;) {
    if (!mayEnter(account, at)) return false;
    const above = dirname(at);
    if (above === at) return true;
    at = above;
  }
}

function mayEnter(account: Account, path: string): boolean {
  const { mode, uid, gid } = statSync(path);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

/** Refuses a folder that somebody else put where we expect ours: shared places such as /tmp let anybody create names. */
export function assertOwnFolder(path: string, uids: readonly number[]): void {
  const stat = lstatSync(path);
  if (stat.isDirectory() && uids.includes(stat.uid)) return;
  throw new TsdbtError({
    code: 'TSD5004',
    message: `${path} exists and is not ours, so it is not used for the private Postgres`,
    hint: `remove ${path}, or set TSDBT_PG_URL to a Postgres that is already running`,
  });
}
