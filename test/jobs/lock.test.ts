import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileHistory, fileLocks } from '../../src/jobs/index.ts';

const dir = mkdtempSync(join(tmpdir(), 'tsdbt-locks-'));
const program = join(dir, 'process.mjs');

beforeAll(async () => {
  const input = new URL('support/lock-process.ts', import.meta.url).pathname;
  const bundle = await rolldown({ input, platform: 'node', logLevel: 'warn' });
  await bundle.write({ file: program, format: 'esm', codeSplitting: false });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function start(...args: string[]): {
  readonly child: ChildProcess;
  readonly lines: () => string[];
  readonly ended: Promise<unknown>;
} {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout!.setEncoding('utf8').on('data', (more: string) => {
    text += more;
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  return { child, lines: () => text.split('\n').slice(0, -1), ended };
}

describe('a lock', () => {
  it('is given to one of two processes that ask at the same instant, 100 times of 100', async () => {
    const at = String(Date.now() + 1500);
    const racers = [start('race', dir, at), start('race', dir, at)];
    await Promise.all(racers.map(({ ended }) => ended));
    const won = racers.flatMap(({ lines }) => lines().map(Number)).sort((a, b) => a - b);
    expect(won).toEqual(Array.from({ length: 100 }, (_, round) => round));
  }, 60_000);

  it('of a process killed with -9 at any moment is free at once, and nothing written is lost, 20 times', async () => {
    const locks = fileLocks({ dir: join(dir, 'locks'), lease: 60_000, now: Date.now });
    let seed = 42;
    for (let i = 0; i < 20; i++) {
      const { child, lines, ended } = start('hold', dir, `run${i}`);
      while (lines().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await locks.acquire('job', 'early')).toHaveProperty('holder.runId', `run${i}`);
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      await new Promise((resolve) => setTimeout(resolve, seed % 60));
      child.kill('SIGKILL');
      await ended;
      const next = await locks.acquire('job', `next${i}`);
      expect(next).toHaveProperty('lock.tookOver.runId', `run${i}`);
      if ('lock' in next) await next.lock.release();
      const kept = new Set(
        fileHistory(join(dir, 'history'))
          .since(0)
          .map(({ run }) => run),
      );
      expect(lines().filter((line) => !kept.has(`run${i}-${line}`))).toEqual([]);
    }
  }, 60_000);

  it('of another machine is free when it was not renewed in time, and then lost to the one that had it', async () => {
    let now = 0;
    const other = join(dir, 'machines');
    const locks = fileLocks({ dir: other, lease: 1000, now: () => now });
    const first = await locks.acquire('job', 'first');
    if (!('lock' in first)) throw new Error('not free');
    now = 900;
    expect(await first.lock.renew()).toBe(true);
    now = 1800;
    expect(await locks.acquire('job', 'second')).toHaveProperty('holder.runId', 'first');
    now = 1900;
    const third = await locks.acquire('job', 'third');
    expect(third).toHaveProperty('lock.tookOver.runId', 'first');
    expect(await first.lock.renew()).toBe(false);
    await first.lock.release();
    expect(await locks.holder('job')).toMatchObject({ runId: 'third' });
    if ('lock' in third) await third.lock.release();
    expect(await locks.acquire('job', 'fourth')).toHaveProperty('lock.tookOver', undefined);
  });

  it('of a living process outlives a clock that jumps ahead, and a dead one’s is free though the clock jumped back', async () => {
    const jumps = join(dir, 'jumps');
    let up = 1000;
    const at = (now: number) => fileLocks({ dir: jumps, lease: 60_000, now: () => now, uptime: () => up });
    const DAY = 86_400_000;
    const held = await at(10 * DAY).acquire('job', 'alive');
    if (!('lock' in held)) throw new Error('not free');
    expect(await at(11 * DAY).acquire('job', 'ahead')).toHaveProperty('holder.runId', 'alive');
    expect(await at(9 * DAY).acquire('job', 'back')).toHaveProperty('holder.runId', 'alive');
    up += 30;
    expect(await held.lock.renew()).toBe(true);
    up += 59;
    expect(await at(9 * DAY).acquire('job', 'early')).toHaveProperty('holder.runId', 'alive');
    up += 2;
    // It lives, and has not renewed for longer than its lease: it hangs.
    expect(await at(9 * DAY).acquire('job', 'next')).toHaveProperty('lock.tookOver.runId', 'alive');
    expect(await held.lock.renew()).toBe(false);
  });
});

describe('history', () => {
  it('goes on after a line that a crash cut short, and forgets what is too old', () => {
    const history = fileHistory(join(dir, 'cut'), 10);
    const entry = (run: string, at: string) => ({ job: 'a', run, at, event: 'started', pid: 1 }) as const;
    history.append(entry('old', '2026-06-01T00:00:00.000Z'));
    history.append(entry('one', '2026-06-30T00:00:00.000Z'));
    writeFileSync(join(dir, 'cut/2026-06-30.jsonl'), '\n{"job":"a","run":"cu', { flag: 'a' });
    const runs = (from: string) => history.since(Date.parse(from)).map(({ run }) => run);
    expect(runs('2026-06-01')).toEqual(['one']);
    history.append(entry('two', '2026-06-30T01:00:00.000Z'));
    expect(runs('2026-06-01')).toEqual(['one', 'two']);
    expect(runs('2026-06-30T00:30:00Z')).toEqual(['two']);
  });
});
