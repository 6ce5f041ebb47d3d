import { join } from 'node:path';
import type { Invocation, RunResult } from '../model/index.ts';
import type { DataMap } from '../util/data.ts';
import { utcMicros } from '../util/time.ts';
import { DBT_VERSION } from '../util/versions.ts';
import { readJson, writeJson } from './json-file.ts';

const SCHEMA = 'https://schemas.getdbt.com/dbt/run-results/v6.json';

export interface RunResultsFile {
  readonly metadata: DataMap;
  readonly results: readonly RunResult[];
  /** Seconds. */
  readonly elapsed_time: number;
  readonly args: DataMap;
}

export interface RunResultsInput {
  readonly invocation: Invocation;
  readonly results: readonly RunResult[];
  readonly elapsed: number;
  readonly args: DataMap;
  readonly env: Readonly<Record<string, string>>;
}

export function writeRunResults(targetPath: string, input: RunResultsInput): string {
  const path = join(targetPath, 'run_results.json');
  const file: RunResultsFile = {
    metadata: {
      dbt_schema_version: SCHEMA,
      dbt_version: DBT_VERSION,
      generated_at: utcMicros(new Date()),
      invocation_id: input.invocation.id,
      invocation_started_at: input.invocation.startedAt,
      env: input.env,
    },
    results: input.results,
    elapsed_time: input.elapsed,
    args: { ...input.args, which: input.invocation.which, invocation_command: input.invocation.command },
  };
  writeJson(path, file);
  return path;
}

export function readRunResults(targetPath: string): RunResultsFile | undefined {
  return readJson(join(targetPath, 'run_results.json')) as RunResultsFile | undefined;
}
