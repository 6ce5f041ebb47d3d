import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isTsdbtError } from '../error/index.ts';
import { pythonJson } from '../util/python-json.ts';
import { readJson, writeWhole } from './json-file.ts';

/** What a run leaves behind for the documentation and for estimates: compressed, one file each, below `.tsdbt/runs`. */
export interface RunRecord {
  readonly format: 1;
  readonly invocation_id: string;
  readonly started_at: string;
  /** Seconds. */
  readonly elapsed: number;
  readonly which: string;
  readonly command: string;
  /** Name of the job it was a step of. */
  readonly job: string | null;
  readonly target: string;
  readonly threads: number;
  readonly selection: string;
  readonly git: string | null;
  readonly user: string | null;
  readonly nodes: readonly string[];
  /** For each node what it waited for, by index. */
  readonly parents: readonly (readonly number[])[];
  /** For each node how it ended; times in milliseconds from the start of the run. */
  readonly results: readonly RunRecordResult[];
}

export interface RunRecordResult {
  readonly status: string;
  readonly thread: string;
  readonly start: number;
  readonly end: number;
  readonly rows: number | null;
  readonly bytes: number | null;
  /** Of those that did not end well. */
  readonly message: string;
}

/** So many are kept. */
const KEPT = 200;
/** Those of before were not compressed. */
const FILE = /^\d{8}T\d{6}Z-[\w-]+\.json(?:\.gz)?$/;

/** Keeps the record of a run beside those before it. */
export function writeRunRecord(statePath: string, record: RunRecord): void {
  const folder = join(statePath, 'runs');
  const started = record.started_at.replace(/[-:]/g, '').replace(/\.\d+/, '');
  writeWhole(join(folder, `${started}-${record.invocation_id}.json.gz`), [gzipSync(pythonJson(record))]);
  const names = readdirSync(folder)
    .filter((name) => FILE.test(name))
    .sort();
  for (const name of names.slice(0, -KEPT)) rmSync(join(folder, name), { force: true });
}

/** The newest records of a folder, oldest first, and those of other files; what cannot be read is named. */
export function readRunRecords(
  statePath: string,
  others: readonly string[] = [],
  newest = KEPT,
): { readonly records: readonly unknown[]; readonly unread: readonly string[] } {
  const records: unknown[] = [];
  const unread: string[] = [];
  for (const path of [...recordFiles(join(statePath, 'runs')).slice(-newest), ...others]) {
    try {
      const record = readJson(path);
      if (record !== undefined) records.push(record);
    } catch (error) {
      if (!isTsdbtError(error)) throw error;
      unread.push(basename(path));
    }
  }
  return { records, unread };
}

function recordFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => FILE.test(name))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    // No run yet.
    return [];
  }
}
