import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TsdbtError } from '../../error/index.ts';

/** A process, told from a later one with the same number by the moment it started. */
function processKey(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return `${pid}-${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return `${pid}-0`;
  }
}

function isAlive(key: string): boolean {
  const pid = Number.parseInt(key, 10);
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return processKey(pid) === key || key.endsWith('-0');
}

let leasesTaken = 0;

/** Notes that this process uses the server; returns the lease's file. */
export function takeLease(dir: string): string {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  leasesTaken += 1;
  const file = join(dir, `${processKey(process.pid)}.${leasesTaken}`);
  writeFileSync(file, '', { mode: 0o600 });
  return file;
}

/** Drops leases of processes that have died; returns how many are left. */
export function sweepLeases(dir: string): number {
  let left = 0;
  for (const name of readNames(dir)) {
    if (isAlive(name.split('.')[0]!)) left += 1;
    else rmSync(join(dir, name), { force: true });
  }
  return left;
}

function readNames(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

/** Runs `work` while no other process does the same for `file`. A lock whose owner died is taken over. */
export async function withFileLock<T>(file: string, seconds: number, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  while (!tryLock(file)) {
    if (Date.now() > deadline) {
      throw new TsdbtError({
        code: 'TSD5004',
        message: `another tsdbt has been starting or stopping the private Postgres for ${seconds} seconds`,
        hint: `if none is running, remove ${file}`,
      });
    }
    await sleep(20 + Math.random() * 30);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** A link appears with its content in one step, so a lock is never seen without its owner. */
function tryLock(file: string): boolean {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, processKey(process.pid), { mode: 0o600 });
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    breakDeadLock(file);
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

function breakDeadLock(file: string): void {
  const aside = `${file}.${process.pid}.dead`;
  try {
    if (isAlive(readFileSync(file, 'utf8'))) return;
    renameSync(file, aside);
    // Somebody may have broken and retaken the lock between the two lines above: then it goes back.
    if (isAlive(readFileSync(aside, 'utf8'))) linkSync(aside, file);
  } catch {
    // Its owner removed it meanwhile: the next try will see.
  } finally {
    rmSync(aside, { force: true });
  }
}
