import { join } from 'node:path';
import type { Invocation, SyncNode, SyncOutcome } from '../model/index.ts';
import { utcMicros } from '../util/time.ts';
import { writeJson } from './json-file.ts';

interface SyncsFile {
  readonly metadata: {
    readonly tsdbt_schema_version: 1;
    readonly generated_at: string;
    readonly invocation_id: string;
    readonly invocation_started_at: string;
  };
  readonly syncs: Readonly<Record<string, SyncNode>>;
  readonly results: readonly SyncOutcome[];
  /** Seconds. */
  readonly elapsed_time: number;
}

export interface SyncsInput {
  readonly invocation: Invocation;
  readonly nodes: readonly SyncNode[];
  readonly results: readonly SyncOutcome[];
  readonly elapsed: number;
}

/** `tsdbt_syncs.json`: the project's syncs and how those of this run ended; dbt's own artifacts never hold them. */
export function writeSyncs(targetPath: string, { invocation, nodes, results, elapsed }: SyncsInput): string {
  const path = join(targetPath, 'tsdbt_syncs.json');
  const file: SyncsFile = {
    metadata: {
      tsdbt_schema_version: 1,
      generated_at: utcMicros(new Date()),
      invocation_id: invocation.id,
      invocation_started_at: invocation.startedAt,
    },
    syncs: Object.fromEntries(nodes.map((node) => [node.unique_id, node])),
    results,
    elapsed_time: elapsed,
  };
  writeJson(path, file);
  return path;
}
