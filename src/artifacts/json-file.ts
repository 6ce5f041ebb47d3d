import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { TsdbtError } from '../error/index.ts';
import { parsePythonJson, pythonJson } from '../util/python-json.ts';

/** Writes beside the target and renames, so that a reader never sees half an artifact. */
export function writeJson(path: string, value: unknown): void {
  writeWhole(path, [pythonJson(value)]);
}

/** The same for what is JSON already, in parts. */
export function writeWhole(path: string, parts: readonly (string | Uint8Array)[]): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w');
  try {
    for (const part of parts) writeFileSync(file, part);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

/** One of our own artifacts, beside dbt's. */
export function writeArtifact(targetPath: string, name: string, value: unknown): void {
  writeJson(join(targetPath, name), value);
}

/** A file that is not there is undefined; one that cannot be read is an error. `.gz`: compressed. */
export function readJson(path: string): unknown {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
  try {
    return parsePythonJson((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  } catch (cause) {
    throw new TsdbtError({
      code: 'TSD1008',
      message: `${path} is not valid JSON: ${(cause as Error).message}`,
      hint: 'Delete the file; the next run writes it again.',
      cause,
    });
  }
}
