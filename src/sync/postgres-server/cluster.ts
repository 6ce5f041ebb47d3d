import { randomBytes } from 'node:crypto';
import { appendFileSync, chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TsdbtError } from '../../error/index.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { type Home, privateFolder } from './home.ts';
import { freePort, type Outcome, runProgram } from './process.ts';

/** What is known of the private server between commands; holds the password, so its file is for our eyes only. */
export interface ServerRecord {
  readonly version: string;
  readonly user: string;
  readonly password: string;
  readonly port: number;
}

/** Everything one server needs to be started or stopped. */
export interface Cluster {
  readonly home: Home;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
}

/** Larger than the defaults where a load feels it; durability stays on: a killed process loses nothing. */
const SETTINGS = [
  "listen_addresses = '127.0.0.1'",
  'max_connections = 64',
  'shared_buffers = 256MB',
  'maintenance_work_mem = 256MB',
  'max_wal_size = 4GB',
  'checkpoint_timeout = 15min',
  'wal_compression = off',
  'jit = off',
  "timezone = 'UTC'",
  "log_timezone = 'UTC'",
  "datestyle = 'iso, ymd'",
];

/** A Unix socket's path has room for about a hundred bytes; longer ones would keep the server from starting. */
const SOCKET_PATH_LIMIT = 90;

export function readRecord(home: Home): ServerRecord | undefined {
  if (!existsSync(home.record)) return undefined;
  return JSON.parse(readFileSync(home.record, 'utf8')) as ServerRecord;
}

function writeRecord(home: Home, record: ServerRecord): void {
  const half = `${home.record}.${process.pid}`;
  writeFileSync(half, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  renameSync(half, home.record);
}

/** Makes the data directory unless it is there and complete. One that a killed initdb left half made is made again. */
export async function initialise(cluster: Cluster): Promise<void> {
  const { home, binaries, account } = cluster;
  const version = await majorVersion(cluster);
  const record = readRecord(home);
  if (record && existsSync(join(home.data, 'PG_VERSION'))) {
    if (record.version === version) return;
    throw otherVersion(home, record.version, version);
  }
  rmSync(home.data, { recursive: true, force: true });
  privateFolder(home.data, account);
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(home.base, `password.${process.pid}`);
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (account) chownSync(passwordFile, account.uid, account.gid);
    const args = ['-D', home.data, '-U', 'tsdbt', '--pwfile', passwordFile, '-A', 'scram-sha-256'];
    const done = await runProgram(
      join(binaries.dir, 'initdb'),
      [...args, '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'],
      account,
    );
    if (done.code !== 0) throw couldNot('make the data directory of the private Postgres', done, home);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  const socket = home.data.length > SOCKET_PATH_LIMIT ? "''" : `'${home.data}'`;
  appendFileSync(
    join(home.data, 'postgresql.conf'),
    `\n${[...SETTINGS, `unix_socket_directories = ${socket}`].join('\n')}\n`,
  );
  writeRecord(home, { version, user: 'tsdbt', password, port: 0 });
}

async function majorVersion({ binaries, account }: Cluster): Promise<string> {
  const { output } = await runProgram(join(binaries.dir, 'postgres'), ['--version'], account);
  return /\s(\d+)/.exec(output)?.[1] ?? output.trim();
}

/** True where a postmaster answers for our data directory. */
export async function isRunning({ home, binaries, account }: Cluster): Promise<boolean> {
  if (!existsSync(join(home.data, 'postmaster.pid'))) return false;
  const status = await runProgram(join(binaries.dir, 'pg_ctl'), ['status', '-D', home.data], account);
  return status.code === 0 && isPostmaster(home);
}

function postmasterPid(home: Home): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(home.data, 'postmaster.pid'), 'utf8'), 10);
  } catch {
    return undefined;
  }
}

/** After kill -9 the pid in postmaster.pid may have become somebody else's; without /proc we believe pg_ctl. */
function isPostmaster(home: Home): boolean {
  const pid = postmasterPid(home);
  if (pid === undefined) return false;
  if (!existsSync('/proc/self/cmdline')) return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(home.data);
  } catch {
    return false;
  }
}

/** Starts the server on a free port and waits until it answers. Returns the port. */
export async function start(cluster: Cluster): Promise<ServerRecord> {
  const { home, binaries, account } = cluster;
  if (existsSync(join(home.data, 'postmaster.pid')) && !isPostmaster(home)) {
    rmSync(join(home.data, 'postmaster.pid'), { force: true });
  }
  let done: Outcome = { code: 1, output: '' };
  // The port may be taken between our look and the start, and backends of a killed server need a moment to leave its memory.
  for (let attempt = 0; attempt < 5; attempt++) {
    if (attempt > 0) await sleep(300 * attempt);
    const port = await freePort();
    rmSync(home.log, { force: true });
    writeFileSync(home.log, '', { mode: 0o600 });
    if (account) chownSync(home.log, account.uid, account.gid);
    const args = ['start', '-w', '-s', '-t', '60', '-D', home.data, '-l', home.log, '-o', `-p ${port}`];
    done = await runProgram(join(binaries.dir, 'pg_ctl'), args, account);
    if (done.code === 0) {
      const record = { ...readRecord(home)!, port };
      writeRecord(home, record);
      return record;
    }
  }
  throw couldNot('start the private Postgres', done, home);
}

/** Ends the server in order: open transactions are rolled back, nothing waits for idle clients. */
export async function stop({ home, binaries, account }: Cluster): Promise<void> {
  const args = ['stop', '-w', '-s', '-t', '60', '-m', 'fast', '-D', home.data];
  const done = await runProgram(join(binaries.dir, 'pg_ctl'), args, account);
  if (done.code !== 0 && isPostmaster(home)) throw couldNot('stop the private Postgres', done, home);
}

function couldNot(what: string, done: Outcome, home: Home): TsdbtError {
  const log = existsSync(home.log) ? readFileSync(home.log, 'utf8').trim().split('\n').slice(-12).join('\n') : '';
  return new TsdbtError({
    code: 'TSD5004',
    message: `could not ${what}: ${[done.output.trim(), log].filter(Boolean).join('\n')}`,
    hint: `its files are in ${home.base}; TSDBT_PG_URL names a Postgres of your own instead`,
  });
}

function otherVersion(home: Home, was: string, is: string): TsdbtError {
  return new TsdbtError({
    code: 'TSD5004',
    message: `the private Postgres in ${home.data} was made by version ${was}, but this machine now has version ${is}`,
    hint: `install version ${was} again, or remove ${home.base} (the API's tables are made anew by the next syncs)`,
  });
}
