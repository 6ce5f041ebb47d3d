import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Holder } from './types.ts';

/** This process as a holder of locks is told. */
export function thisProcess(): Pick<Holder, 'host' | 'pid' | 'born' | 'space'> {
  return { host: hostname(), pid: process.pid, born: bornOf(process.pid), space: spaceOfPids() };
}

/** Seconds since this machine was started. */
export type Uptime = () => number;

/**
 * A holder is dead when it has not renewed in time, or, on this machine, when its process is gone. What is on this
 * machine is timed by how long the machine is up, so that a clock that jumps kills nobody and keeps nobody alive.
 */
export function isDead(holder: Holder, now: number, uptime: Uptime | undefined): boolean {
  if (holder.released) return true;
  const isHere = holder.host === hostname() && holder.space === spaceOfPids();
  if (isHere && !isRunning(holder)) return true;
  if (isHere && typeof holder.uptime === 'number' && uptime !== undefined) return uptime() >= holder.uptime;
  return holder.expires <= now;
}

function isRunning({ pid, born }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = bornOf(pid);
  return born === null || now === null || born === now;
}

/** Two containers of one name may count their processes apart: a number means nothing in another's space. */
function spaceOfPids(): string | null {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
}

/** Field 22 of /proc/PID/stat; the name in field 2 may hold blanks and brackets. */
function bornOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
