import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { Account } from './account.ts';

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/**
 * Runs a program of Postgres as `account`, from a folder everybody may enter, with a small environment of its own:
 * PGDATA, PGPORT and their like in the user's environment mean another server.
 */
export function runProgram(program: string, args: readonly string[], account: Account | undefined): Promise<Outcome> {
  const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  const identity = account ? { uid: account.uid, gid: account.gid } : {};
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: '/', env, ...identity, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const add = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.once('error', reject);
    // Not 'close': the server itself inherits the pipes and keeps them open.
    child.once('exit', (code) => {
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ code, output });
    });
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
