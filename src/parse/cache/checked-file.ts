import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const HEAD = 'tsdbt parse cache';
const NEWLINE = 10;

/** The lines of a file of ours; undefined where there is none, or where it is not sound: then it is as good as none. */
export function readChecked(path: string): readonly Buffer[] | undefined {
  const file = bytesOf(path);
  if (file === undefined) return undefined;
  const [head, ...lines] = linesOf(file);
  return head !== undefined && head.toString() === headOf(lines) ? lines : undefined;
}

/** Writes beside, then takes the place of what was there, so that nobody reads half a file. A line holds no newline. */
export function writeChecked(path: string, lines: readonly Uint8Array[]): void {
  const beside = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    const file = openSync(beside, 'w');
    try {
      for (const part of [Buffer.from(headOf(lines)), ...lines].flatMap((line, i) =>
        i === 0 ? [line] : [BREAK, line],
      ))
        writeAll(file, part);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
}

const BREAK = Buffer.from('\n');

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

function headOf(lines: readonly Uint8Array[]): string {
  const hash = createHash('sha1');
  for (const line of lines) hash.update(line).update(BREAK);
  return `${HEAD} ${hash.digest('base64')}`;
}

function linesOf(file: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  for (let to = file.indexOf(NEWLINE); to >= 0; to = file.indexOf(NEWLINE, from)) {
    lines.push(file.subarray(from, to));
    from = to + 1;
  }
  return [...lines, file.subarray(from)];
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return undefined;
    }
    throw error;
  }
}
