import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { configXml, usersXml } from './config.ts';
import { describeFailure, StartError } from './failure.ts';
import { ask } from './http.ts';
import { runDir } from './paths.ts';
import { processFile } from './process-file.ts';
import type { ServerAddress, SupervisorOptions } from './types.ts';
import { waitUntil } from './wait.ts';

/** A running engine process. Closing its standard input ends it, and so does the death of the process that holds it. */
export interface Engine {
  readonly address: ServerAddress;
  readonly pid: number;
  /** Resolves, with what it said and how it went, when the process has ended for whatever reason. */
  readonly ended: Promise<string>;
}

interface Started extends Engine {
  readonly child: ChildProcess;
}

const PORT_ATTEMPTS = 3;
const READY_WITHIN_MS = 60_000;

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port for the private ClickHouse');
  return address.port;
}

function spawnEngine(o: SupervisorOptions, id: string, port: number): Started {
  const directory = runDir(o.dataDir, id);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const user = 'tsdbt';
  const password = randomBytes(16).toString('hex');
  const config = { dataDir: o.dataDir, runDir: directory, marker: id, port, user, password };
  const configFile = join(directory, 'config.xml');
  const output = join(directory, 'output.log');
  writeFileSync(configFile, configXml(config), { mode: 0o600 });
  writeFileSync(join(directory, 'users.xml'), usersXml(config), { mode: 0o600 });
  const log = openSync(output, 'w', 0o600);
  const child = spawn(process.execPath, [processFile('chserver'), o.libraryPath, configFile], {
    cwd: o.dataDir,
    // UTC as on the servers it stands for: the engine takes its time zone from the environment only.
    env: { ...process.env, TZ: 'UTC' },
    // A group of its own: SYSTEM SHUTDOWN signals the whole group.
    detached: true,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  child.stdin?.on('error', () => {});
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(String(error)));
    child.once('exit', (code, signal) => {
      resolve(`${readFileSync(output, 'utf8')}\nended ${signal === null ? `with code ${code}` : `by ${signal}`}`);
    });
  });
  const url = `http://127.0.0.1:${port}`;
  return { address: { url, host: '127.0.0.1', port, user, password }, pid: child.pid ?? 0, ended, child };
}

/** Resolves when our own engine answers; with its last words if it ended before that. */
async function readiness(engine: Started, id: string): Promise<string | undefined> {
  let lastWords: string | undefined;
  void engine.ended.then((words) => {
    lastWords = words;
  });
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && lastWords === undefined) {
    // Whoever else may have the port does not know our password, nor the marker.
    const marker = await ask(engine.address, "SELECT getMacro('tsdbt')", 2000).catch(() => undefined);
    if (marker === id) return undefined;
    await sleep(8);
  }
  return lastWords ?? `it did not answer within ${READY_WITHIN_MS / 1000} s`;
}

/** Starts the engine on a free port of 127.0.0.1; another process may take it before the engine does. Throws StartError. */
export async function startEngine(o: SupervisorOptions, id: string, nextPort = freePort): Promise<Engine> {
  let words = '';
  for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
    const engine = spawnEngine(o, id, await nextPort());
    const failed = await readiness(engine, id);
    if (failed === undefined) return engine;
    words = failed;
    engine.child.kill('SIGKILL');
    if (describeFailure(words, o.dataDir).reason !== 'port') break;
  }
  throw new StartError(describeFailure(words, o.dataDir));
}

/** Ends the engine in order: its statements first, then its life line, then by signal when it does not listen. */
export async function stopEngine(engine: Engine): Promise<void> {
  const { child } = engine as Started;
  const gone = (): boolean => child.exitCode !== null || child.signalCode !== null;
  if (gone()) return;
  await ask(engine.address, "KILL QUERY WHERE user != '' ASYNC", 1000).catch(() => undefined);
  child.stdin?.end();
  if (await waitUntil(gone, 4000)) return;
  child.kill('SIGTERM');
  if (await waitUntil(gone, 1000)) return;
  child.kill('SIGKILL');
  await waitUntil(gone, 2000);
}
