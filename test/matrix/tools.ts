import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { BIN, runCommand } from '../e2e/checkout.ts';
import { ROOT } from '../e2e/root.ts';

export interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Something that takes dbt's command lines. */
export interface Tool {
  run(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Answer>;
  close(): void;
}

export const tsdbt: Tool = {
  run: (args, cwd, env) => runCommand(process.execPath, [BIN, ...args], { cwd, env }),
  close: () => {},
};

/** Real dbt by its virtual environment's Python; `scratch` is a folder for what it prints. */
export function realDbt(python: string, scratch: string): Tool {
  const server: ChildProcessWithoutNullStreams = spawn(python, [join(ROOT, 'test/matrix/record.py')]);
  server.stderr.pipe(process.stderr);
  const lines = createInterface({ input: server.stdout });
  const [stdout, stderr] = [join(scratch, 'stdout'), join(scratch, 'stderr')];
  return {
    async run(args, cwd, env) {
      const whole = { ...process.env, ...env };
      server.stdin.write(`${JSON.stringify({ args, cwd, env: whole, stdout, stderr })}\n`);
      const [code] = (await once(lines, 'line')) as [string];
      return { code: Number(code), stdout: readFileSync(stdout, 'utf8'), stderr: readFileSync(stderr, 'utf8') };
    },
    close: () => void server.stdin.end(),
  };
}
