import { realpathSync } from 'node:fs';
import type { Socket } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TsdbtError } from '../../../error/index.ts';
import { describeFailure, StartError } from './failure.ts';
import { ask } from './http.ts';
import { launchSupervisor } from './launch.ts';
import { checkMachine, findLibrary, prepareDirectory } from './preflight.ts';
import { readRecord } from './record.ts';
import { takeStartLock } from './start-lock.ts';
import { talk } from './talk.ts';
import type { ServerAddress, ServerRecord, StartFailure } from './types.ts';

export interface EnsureOptions {
  /** Directory of the server's data; made where it is missing. One directory, one server. */
  readonly dataDir: string;
  /** The server stays when the last lease ends, until stopServer. */
  readonly keepUp?: boolean;
  /** What this process does, for `server status`. */
  readonly label?: string;
  /** How long a server started by this call outlives its last lease, in milliseconds. */
  readonly lingerMs?: number;
}

/** A lease on a private server: it stays up at least until release() or the end of this process. */
export interface PrivateServer extends ServerAddress {
  /** Resolves when the server is gone while the lease is held: somebody ended it, or it died. */
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

const LINGER_MS = 5000;
const GIVE_UP_AFTER_MS = 90_000;
/** How long a directory may be locked by a server that nobody answers for: one whose start is not yet told. */
const LOCKED_AT_MOST_MS = 4000;

/**
 * A lease on the private server of a directory, started if it does not run. Any number of processes may ask at once:
 * one starts it, all are served. Throws TSD3003.
 */
export async function ensureServer(options: EnsureOptions): Promise<PrivateServer> {
  try {
    return await lease(options);
  } catch (error) {
    if (error instanceof StartError) throw startError(error.failure, error);
    // The system refused us a file: most often another user's, or a full disk.
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw startError(describeFailure(String(error), options.dataDir), error);
  }
}

async function lease(options: EnsureOptions): Promise<PrivateServer> {
  prepareDirectory(resolve(options.dataDir));
  // By its real path, so that two names of one directory are one server.
  const dataDir = realpathSync(options.dataDir);
  const started = Date.now();
  for (;;) {
    const server = await join(dataDir, options);
    if (typeof server === 'object') return server;
    const outcome = server === 'none' ? await startUnlessOthersDo(dataDir, options.lingerMs ?? LINGER_MS) : undefined;
    const waited = Date.now() - started;
    if (outcome?.ok === false) {
      const mayPass = outcome.reason === 'locked' && waited < LOCKED_AT_MOST_MS;
      if (!mayPass) throw new StartError(outcome);
    }
    if (waited > GIVE_UP_AFTER_MS) {
      throw new StartError({
        reason: 'other',
        message: `no private ClickHouse came up in ${dataDir} within ${GIVE_UP_AFTER_MS / 1000} s`,
        hint: `Look into ${dataDir}/server.log, and see with \`tsdbt server status\` what runs.`,
      });
    }
    if (outcome?.ok !== true) await sleep(outcome === undefined ? 30 : 250);
  }
}

/** A lease on the server that runs; `none` where none does, `ending` where one is on its way down. */
async function join(dataDir: string, options: EnsureOptions): Promise<PrivateServer | 'none' | 'ending'> {
  const record = readRecord(dataDir);
  if (record === undefined) return 'none';
  const answer = await talk(record.socket, { op: 'lease', pid: process.pid, label: options.label ?? 'tsdbt' });
  if (answer === undefined) return 'none';
  const { reply, socket } = answer;
  // A server that was killed this moment: its supervisor will notice in the next.
  if (!reply.ok || reply.op !== 'lease' || !(await lives(reply.server)) || socket.closed) {
    socket.destroy();
    return 'ending';
  }
  if (options.keepUp === true) (await talk(record.socket, { op: 'keep' }))?.socket.destroy();
  return holdLease(reply.server, socket);
}

/** Whether the server still answers; one that is only slow to is taken to. */
async function lives(server: ServerAddress): Promise<boolean> {
  try {
    await ask(server, 'SELECT 1', 3000);
    return true;
  } catch (error) {
    return !['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(String((error as NodeJS.ErrnoException).code));
  }
}

function holdLease(record: ServerRecord, socket: Socket): PrivateServer {
  const { url, host, port, user, password } = record;
  let released = false;
  const closed = new Promise<void>((done) => socket.once('close', () => done()));
  const lost = new Promise<void>((done) => {
    void closed.then(() => released || done());
  });
  // Holding a lease is no reason for this process to live on.
  socket.unref();
  const release = async (): Promise<void> => {
    released = true;
    socket.ref();
    socket.end();
    await closed;
  };
  return { url, host, port, user, password, lost, release };
}

async function startUnlessOthersDo(dataDir: string, lingerMs: number) {
  const unlock = takeStartLock(dataDir);
  if (unlock === undefined) return undefined;
  try {
    // Between our look at the record and the lock another may have come and gone.
    const record = readRecord(dataDir);
    if (record !== undefined) {
      const answer = await talk(record.socket, { op: 'status' });
      answer?.socket.destroy();
      if (answer !== undefined) return undefined;
    }
    checkMachine();
    return await launchSupervisor({ dataDir, lingerMs, libraryPath: findLibrary() });
  } finally {
    unlock();
  }
}

function startError(failure: StartFailure, cause: unknown): TsdbtError {
  return new TsdbtError({ code: 'TSD3003', message: failure.message, hint: failure.hint, cause });
}
