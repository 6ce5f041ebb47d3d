import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { TsdbtError } from '../error/index.ts';

/** Writes beside the target and renames, so that a reader never sees half an artifact. */
export function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, JSON.stringify(value, exactNumbers));
  renameSync(temporary, path);
}

/** A file that is not there is undefined; one that cannot be read is an error. */
export function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TsdbtError({
      code: 'TSD1008',
      message: `${path} is not valid JSON: ${(cause as Error).message}`,
      hint: 'Delete the file; the next run writes it again.',
      cause,
    });
  }
}

/** JSON has no bigint and no NaN; Python writes both, we write text for the first and null for the second. */
function exactNumbers(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
