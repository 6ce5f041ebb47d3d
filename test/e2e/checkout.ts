import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './root.ts';

export const BIN = join(ROOT, 'bin/tsdbt.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of the reference project in a folder of its own, with its own private servers. */
export interface Checkout {
  readonly dir: string;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
  remove(): Promise<void>;
}

export function checkout(): Checkout {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-e2e-'));
  for (const part of ['project', 'models', 'macros', 'profiles']) {
    cpSync(join(ROOT, part), join(dir, part), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !/\/(?:\.tsdbt|target|logs)(?:\/|$)/.test(path.slice(ROOT.length)),
    });
  }
  const run: Checkout['run'] = (args, env = {}) => runTsdbt(dir, args, env);
  return {
    dir,
    run,
    async remove() {
      await run(['server', 'stop']);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export function runTsdbt(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return runCommand(process.execPath, [BIN, ...args], { cwd, env });
}

export function runCommand(
  file: string,
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const whole = { ...process.env, TSDBT_PROGRESS: 'none', ...env };
    // Nobody answers.
    const child = spawn(file, args, { cwd, env: whole, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
