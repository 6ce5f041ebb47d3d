import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { sha1 } from '../digest.ts';

const HEAD = 'tsdbt parse cache';

/** The text of a file of ours; undefined where there is none, or where it is not sound: then it is as good as none. */
export function readChecked(path: string): string | undefined {
  const file = textOf(path);
  if (file === undefined) return undefined;
  const end = file.indexOf('\n');
  const text = file.slice(end + 1);
  return end > 0 && file.slice(0, end) === headOf(text) ? text : undefined;
}

/** Writes beside, then takes the place of what was there, so that nobody reads half a file. */
export function writeChecked(path: string, text: string): void {
  const beside = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(beside, `${headOf(text)}\n${text}`);
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
}

function headOf(text: string): string {
  return `${HEAD} ${sha1(text)}`;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return undefined;
    }
    throw error;
  }
}
