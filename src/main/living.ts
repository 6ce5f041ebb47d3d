import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Longer than whoever asks about the dead needs their notes. */
const KEPT_MS = 86_400_000;

/** What is known of the invocations on this project: each notes its process while it lives. */
export interface Living {
  /** True only for an invocation of this machine that has ended, or whose process is gone; of others nothing is known. */
  isDead(invocationId: string): boolean;
  /** This invocation ends by itself; where it leaves something behind, its note stays for those who clear up. */
  end(isClean: boolean): void;
}

/** Notes this process below `.tsdbt/invocations`. Where that cannot be written, the dead are not known. */
export function noteLiving(root: string, invocationId: string): Living {
  const folder = join(root, '.tsdbt', 'invocations');
  const own = join(folder, invocationId);
  const write = (note: object): void =>
    whereWritable(() => writeFileSync(own, JSON.stringify({ ...note, host: hostname() })));
  whereWritable(() => {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) if (isOld(join(folder, name))) rmSync(join(folder, name), { force: true });
  });
  write({ pid: process.pid });
  return {
    isDead: (id) => isGone(join(folder, id)),
    end: (isClean) => (isClean ? rmSync(own, { force: true }) : write({ ended: true })),
  };
}

function whereWritable(work: () => void): void {
  try {
    work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
  }
}

function isOld(path: string): boolean {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > KEPT_MS;
}

function isGone(path: string): boolean {
  try {
    const { pid, host, ended } = JSON.parse(readFileSync(path, 'utf8')) as { pid: number; host: string; ended?: true };
    if (host !== hostname()) return false;
    if (ended === true) return true;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // ESRCH: no such process. Without a note, or with half of one, nothing is known.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
