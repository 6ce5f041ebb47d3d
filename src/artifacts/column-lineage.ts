import { join } from 'node:path';
import type { Invocation } from '../model/index.ts';
import { utcMicros } from '../util/time.ts';
import { readJson, writeJson } from './json-file.ts';

/** A column of another node, and what it is used for: `value`, `filter`, `join`, `group`, `order` or `window`. */
interface Use {
  readonly node: string;
  readonly column: string;
  readonly kind: string;
}

interface Origin {
  /** One step back. */
  readonly sources: readonly Use[];
  /** Equal while it computes the same, however it is written. */
  readonly signatures: readonly string[];
}

/** One node as `column_lineage.json` keeps it. */
export interface LineageNode {
  /** `typed`, `unknown` or `broken`. */
  readonly state: string;
  readonly columns: readonly (Origin & { readonly name: string; readonly type: string })[];
  /** What decides which rows there are: for all columns alike. */
  readonly rows: Origin;
  /** unique_ids of what it reads, even where it takes no column of it. */
  readonly reads: readonly string[];
}

const FILE = 'column_lineage.json';

/** `column_lineage.json`: for every node that ClickHouse typed, each column with its type and what it comes from. */
export function writeColumnLineage(
  targetPath: string,
  invocation: Invocation,
  nodes: ReadonlyMap<string, LineageNode>,
): string {
  const path = join(targetPath, FILE);
  const sorted = [...nodes].sort(([a], [b]) => (a < b ? -1 : 1));
  writeJson(path, {
    metadata: {
      tsdbt_schema_version: 1,
      generated_at: utcMicros(new Date()),
      invocation_id: invocation.id,
      invocation_started_at: invocation.startedAt,
    },
    nodes: Object.fromEntries(
      sorted.map(([id, { columns, ...node }]) => [
        id,
        { ...node, columns: Object.fromEntries(columns.map(({ name, ...column }) => [name, column])) },
      ]),
    ),
  });
  return path;
}

interface File {
  readonly nodes: Readonly<
    Record<
      string,
      Omit<LineageNode, 'columns' | 'reads'> & { readonly reads?: readonly string[] } & {
        readonly columns: Readonly<Record<string, Origin & { type: string }>>;
      }
    >
  >;
}

/** What a folder's `column_lineage.json` says; undefined where there is none. */
export function readColumnLineage(folder: string): ReadonlyMap<string, LineageNode> | undefined {
  const file = readJson(join(folder, FILE)) as File | undefined;
  if (file === undefined) return undefined;
  return new Map(
    Object.entries(file.nodes).map(([id, node]) => [
      id,
      {
        ...node,
        reads: node.reads ?? [],
        columns: Object.entries(node.columns).map(([name, column]) => ({ name, ...column })),
      },
    ]),
  );
}
