import type { SourceNode } from '../model/index.ts';
import type { Column } from './types.ts';

/** A source's table as a server has it. */
export interface SourceSchema {
  readonly engine: string;
  /** Expressions of its sorting key, with commas between; '' for none. */
  readonly orderBy: string;
  /** A type may end in MATERIALIZED or ALIAS: then `*` does not give the column. */
  readonly columns: readonly Column[];
}

/** What a server has that a project does not say. */
export interface Pulled {
  readonly schemas: SourceSchemas;
  /** Statements that make the server's own SQL functions. */
  readonly functions: ReadonlyMap<string, string>;
}

/** By `source_name.table`. */
export type SourceSchemas = ReadonlyMap<string, SourceSchema>;

export function schemaKey({ source_name, name }: Pick<SourceNode, 'source_name' | 'name'>): string {
  return `${source_name}.${name}`;
}

/** What is another on the server than it is taken to be. */
export interface Drift {
  readonly source: string;
  /** Undefined where the table as a whole is meant. */
  readonly column?: string;
  /** `undefined`: it is not there. */
  readonly known: string | undefined;
  readonly live: string | undefined;
}

/**
 * Compares what sources are taken to be with what a server has.
 * @param known what was pulled before, else what YAML says; columns without types are known by name alone: ''
 */
export function driftOf(known: ReadonlyMap<string, readonly Column[]>, live: SourceSchemas): readonly Drift[] {
  return [...known].flatMap(([source, columns]): Drift[] => {
    const table = live.get(source);
    if (table === undefined) return [{ source, known: 'a table', live: undefined }];
    const there = new Map(table.columns.map(({ name, type }) => [name, type]));
    const taken = new Map(columns.map(({ name, type }) => [name, type]));
    return [...new Set([...taken.keys(), ...there.keys()])]
      .map((column) => ({ source, column, known: taken.get(column), live: there.get(column) }))
      .filter((one) => one.known !== one.live && !(one.known === '' && one.live !== undefined));
  });
}

/** A line for people. */
export function driftLine({ source, column, known, live }: Drift): string {
  if (column === undefined) return `${source}: the table is not there`;
  if (known === undefined) return `${source}.${column}: ${live}, a new column`;
  if (live === undefined) return `${source}.${column}: gone${known === '' ? '' : ` (was ${known})`}`;
  return `${source}.${column}: ${live}, taken to be ${known}`;
}
