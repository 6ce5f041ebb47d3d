import type { Invocation, SourceNode } from '../model/index.ts';
import type { DataMap } from '../util/data.ts';
import { utcMicros } from '../util/time.ts';
import { DBT_VERSION } from '../util/versions.ts';
import { writeJson } from './json-file.ts';

const SCHEMA = 'https://schemas.getdbt.com/dbt/sources/v3.json';

/** What was found about one source; without `found` nothing could be. */
export interface SourceFreshness {
  readonly source: SourceNode;
  readonly status: string;
  readonly found?: { readonly maxLoadedAt: Date; readonly snapshottedAt: Date };
  readonly message: string | null;
  readonly adapterResponse: DataMap;
  readonly started: Date;
  readonly finished: Date;
  readonly thread: number;
}

export interface SourcesInput {
  readonly invocation: Invocation;
  readonly results: readonly SourceFreshness[];
  /** Seconds. */
  readonly elapsed: number;
  readonly env: Readonly<Record<string, string>>;
}

/** sources.json v3, at `path`. */
export function writeSources(path: string, { invocation, results, elapsed, env }: SourcesInput): void {
  writeJson(path, {
    metadata: {
      dbt_schema_version: SCHEMA,
      dbt_version: DBT_VERSION,
      generated_at: utcMicros(new Date()),
      invocation_id: invocation.id,
      invocation_started_at: invocation.startedAt,
      env,
    },
    results: results.map(resultOf),
    elapsed_time: elapsed,
  });
}

function resultOf({ source, status, found, message, adapterResponse, started, finished, thread }: SourceFreshness) {
  const { unique_id } = source;
  if (found === undefined) return { unique_id, error: message, status };
  const [began, ended] = [utcMicros(started), utcMicros(finished)];
  return {
    unique_id,
    max_loaded_at: isoText(found.maxLoadedAt),
    snapshotted_at: isoText(found.snapshottedAt),
    max_loaded_at_time_ago_in_s: (found.snapshottedAt.getTime() - found.maxLoadedAt.getTime()) / 1000,
    status,
    criteria: source.freshness,
    adapter_response: adapterResponse,
    timing: [
      { name: 'compile', started_at: began, completed_at: began },
      { name: 'execute', started_at: began, completed_at: ended },
    ],
    thread_id: `Thread-${thread} (worker)`,
    execution_time: (finished.getTime() - started.getTime()) / 1000,
  };
}

/** As Python writes it. */
function isoText(moment: Date): string {
  return moment
    .toISOString()
    .replace(/(?:\.000|(\.\d+))Z$/, (_, fraction?: string) => `${fraction ? `${fraction}000` : ''}+00:00`);
}
