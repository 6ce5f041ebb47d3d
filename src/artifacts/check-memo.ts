import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './json-file.ts';

const FILE = 'check/memo.json';

/** What earlier checks found, by key: values as JSON. A file that cannot be read is as good as none. */
export function readCheckMemo(statePath: string): ReadonlyMap<string, unknown> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(join(statePath, FILE), 'utf8')) as object));
  } catch {
    return new Map();
  }
}

/** Where it cannot be written, the next check finds everything anew. */
export function writeCheckMemo(statePath: string, entries: Iterable<readonly [string, unknown]>): void {
  try {
    writeWhole(join(statePath, FILE), [JSON.stringify(Object.fromEntries(entries))]);
  } catch {
    // A read-only project is checked all the same.
  }
}
