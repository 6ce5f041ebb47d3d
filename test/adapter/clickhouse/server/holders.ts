import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

export interface Holder {
  readonly child: ChildProcess;
  /** All it has printed, line by line. */
  readonly lines: string[];
  /** Resolves with the first line that `wanted` accepts, from now on or printed already. */
  line(wanted: (line: string) => boolean): Promise<string>;
}

const dist = new URL('../../../../dist', import.meta.url).pathname;

/** Bundles holder.ts to a file beside the built processes; returns it, and how to remove it. */
export async function buildHolder(): Promise<{ readonly file: string; remove(): void }> {
  const directory = mkdtempSync(join(dist, 'test-'));
  const bundle = await rolldown({
    input: { holder: new URL('holder.ts', import.meta.url).pathname },
    platform: 'node',
    logLevel: 'warn',
  });
  await bundle.write({ dir: directory, format: 'esm' });
  await bundle.close();
  return { file: join(directory, 'holder.js'), remove: () => rmSync(directory, { recursive: true, force: true }) };
}

export function startHolder(file: string, dataDir: string, user?: { uid: number; gid: number }): Holder {
  const child = spawn(process.execPath, [file, dataDir], { stdio: ['pipe', 'pipe', 'inherit'], cwd: '/', ...user });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    for (const look of waiting) look();
  });
  const line = (wanted: (line: string) => boolean): Promise<string> => {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines.find(wanted);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      child.once('close', () => reject(new Error(`the holder ended: ${lines.slice(-3).join(' ')}`)));
      look();
    });
  };
  return { child, lines, line };
}

/** The server a holder works on, once it does. */
export async function serverOf(holder: Holder): Promise<{ port: number; password: string }> {
  const said = JSON.parse(await holder.line((line) => line.startsWith('{'))) as { port: number; password: string };
  return said;
}

/** Waits until the holder has done `count` more statements. */
export async function moreWork(holder: Holder, count = 5): Promise<void> {
  const goal = holder.lines.filter((line) => line === '.').length + count;
  await holder.line(() => holder.lines.filter((line) => line === '.').length >= goal);
}

export async function endHolder(holder: Holder): Promise<void> {
  if (holder.child.exitCode !== null || holder.child.signalCode !== null) return;
  const gone = once(holder.child, 'close');
  holder.child.stdin?.end();
  await gone;
}
