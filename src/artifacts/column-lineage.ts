import { join } from 'node:path';
import type { Invocation } from '../model/index.ts';
import { utcMicros } from '../util/time.ts';
import { writeJson } from './json-file.ts';

/** A column of another node, and what it is used for: `value`, `filter`, `join`, `group`, `order` or `window`. */
interface Use {
  readonly node: string;
  readonly column: string;
  readonly kind: string;
}

/** What a node's columns are and come from, one step back. */
export interface LineageNode {
  readonly columns: readonly { readonly name: string; readonly type: string; readonly sources: readonly Use[] }[];
  /** What decides which rows there are: for all columns alike. */
  readonly rows: readonly Use[];
}

/** `column_lineage.json`: for every node that ClickHouse typed, each column with its type and what it comes from. */
export function writeColumnLineage(
  targetPath: string,
  invocation: Invocation,
  nodes: ReadonlyMap<string, LineageNode>,
): string {
  const path = join(targetPath, 'column_lineage.json');
  const sorted = [...nodes].sort(([a], [b]) => (a < b ? -1 : 1));
  writeJson(path, {
    metadata: {
      tsdbt_schema_version: 1,
      generated_at: utcMicros(new Date()),
      invocation_id: invocation.id,
      invocation_started_at: invocation.startedAt,
    },
    nodes: Object.fromEntries(
      sorted.map(([id, { columns, rows }]) => [
        id,
        { columns: Object.fromEntries(columns.map(({ name, type, sources }) => [name, { type, sources }])), rows },
      ]),
    ),
  });
  return path;
}
