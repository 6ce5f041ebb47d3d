import type { At } from '../../error/index.ts';
import { tokensOf } from '../locate/tokens.ts';
import { yamlPlace } from '../locate/yaml-place.ts';
import type { ColumnUse, Finding, TypedNode } from '../types.ts';

/** A sync as far as columns go. */
export interface SyncColumns {
  readonly uniqueId: string;
  readonly name: string;
  readonly at: At;
  /** unique_id of the model it sends. */
  readonly reads: string;
  /** In the target, each with the column of the model it is, or the SQL over its columns. */
  readonly columns: readonly { readonly name: string; readonly source: string | undefined; readonly sql: string }[];
  /** What cannot be: `columns names column "x", which the source does not have`. */
  readonly problems: readonly string[];
}

/** What is wrong with a sync, at the column's name in its file. */
export function syncFindings(
  { uniqueId, name, at, problems }: SyncColumns,
  contents: string | undefined,
): readonly Finding[] {
  return problems.map((message) => ({
    code: 'TSD4011',
    severity: 'error',
    uniqueId,
    subject: `sync ${name}`,
    message,
    at: columnPlace(at, contents, name, /"([^"]+)"/.exec(message)?.[1]),
  }));
}

function columnPlace(at: At, contents: string | undefined, name: string, column: string | undefined): At {
  const place = yamlPlace(at.file, contents, [name]);
  const lines = (contents ?? '').split('\n');
  const word = new RegExp(`\\b${(column ?? name).replace(/\W/g, '.')}\\b`);
  for (
    let line = place.line + 1;
    line <= lines.length && !/^\s*- name:/.test(lines[line - 1]!.replace(/^ {6,}.*/, ''));
    line++
  ) {
    const col = lines[line - 1]!.search(word);
    if (col >= 0) return { file: at.file, line, col: col + 1 };
  }
  return place.col === 0 ? at : place;
}

/** A sync as a node of the lineage: what arrives in the target, and what it comes from. */
export function syncNode({ reads, columns }: SyncColumns, model: TypedNode): TypedNode {
  const types = new Map(model.columns.map(({ name, type }) => [name, type]));
  const sourcesOf = (source: string | undefined, sql: string): readonly ColumnUse[] => {
    const words = tokensOf(sql)
      .filter(({ kind }) => kind === 'word')
      .map(({ text }) => text);
    const names = source === undefined ? [...new Set(words)].filter((word) => types.has(word)) : [source];
    return names.map((column) => ({ node: reads, column, kind: 'value' }));
  };
  return {
    state: 'typed',
    columns: columns.map(({ name, source }) => ({ name, type: (source && types.get(source)) ?? '' })),
    lineage: {
      columns: new Map(
        columns.map(({ name, source, sql }) => [name, { sources: sourcesOf(source, sql), signatures: [] }]),
      ),
      rows: { sources: [], signatures: [] },
      reads: [reads],
    },
  };
}
