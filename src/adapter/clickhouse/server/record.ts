import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { recordFile } from './paths.ts';
import type { ServerRecord } from './types.ts';

/** The record of the last server of this directory, running or not; undefined where there is none that can be read. */
export function readRecord(dataDir: string): ServerRecord | undefined {
  try {
    return JSON.parse(readFileSync(recordFile(dataDir), 'utf8')) as ServerRecord;
  } catch {
    return undefined;
  }
}

/** Written beside and renamed, so that a reader sees the whole of one record. */
export function writeRecord(dataDir: string, record: ServerRecord): void {
  const beside = `${recordFile(dataDir)}.${record.id}`;
  writeFileSync(beside, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  renameSync(beside, recordFile(dataDir));
}

/** Removes the record if it is still the one of the run `id`. */
export function removeRecord(dataDir: string, id: string): void {
  if (readRecord(dataDir)?.id === id) rmSync(recordFile(dataDir), { force: true });
}
