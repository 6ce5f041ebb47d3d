import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { FileEntry } from '../files/discover.ts';

/** How a file looked when it was read. Times in milliseconds. */
export interface Stamp {
  readonly size: number;
  readonly modified: number;
  readonly changed: number;
  readonly inode: number;
  /** Of the bytes. */
  readonly hash: string;
}

/** Each file once, whatever it was read as. */
export type Stamps = Readonly<Record<string, Stamp>>;

export function stampsOf(entries: Iterable<FileEntry>): Stamps {
  const stamps: Record<string, Stamp> = {};
  for (const { absolute } of entries) stamps[absolute] ??= { ...look(absolute), hash: hashOf(absolute) };
  return stamps;
}

/**
 * Whether these are the same files with the same contents. A file that looks as before is not read again, unless it was
 * changed so shortly before `writtenAt` that a later change could have left the same times.
 */
export function isUnchanged(entries: Iterable<FileEntry>, stamps: Stamps, writtenAt: number): boolean {
  const left = new Set(Object.keys(stamps));
  for (const { absolute } of entries) {
    const stamp = stamps[absolute];
    if (stamp === undefined) return false;
    if (!left.delete(absolute)) continue;
    if (!looksAlike(absolute, stamp, writtenAt) && hashOf(absolute) !== stamp.hash) return false;
  }
  return left.size === 0;
}

const CLOCK_STEP = 50;

function looksAlike(path: string, stamp: Stamp, writtenAt: number): boolean {
  if (stamp.changed > writtenAt - CLOCK_STEP) return false;
  const { size, modified, changed, inode } = look(path);
  return size === stamp.size && modified === stamp.modified && changed === stamp.changed && inode === stamp.inode;
}

function look(path: string): Omit<Stamp, 'hash'> {
  const { size, mtimeMs, ctimeMs, ino } = statSync(path);
  return { size, modified: mtimeMs, changed: ctimeMs, inode: ino };
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('base64');
}
