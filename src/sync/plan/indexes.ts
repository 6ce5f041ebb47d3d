import type { IndexDefinition, SyncDefinition } from '../types.ts';
import { fitName, quoteName, quoteText, type TableName } from './names.ts';
import type { TargetIndex, TargetShape } from './shape.ts';

/** An index that the new table gets: built under a name of this run, then renamed in the swap. */
export interface PlannedIndex {
  readonly name: string;
  readonly temporary: string;
  readonly statements: readonly string[];
}

/** What the target has, under its own names, and what the definition adds; of two with one name the definition's counts. */
export function planIndexes(
  definition: SyncDefinition,
  temporary: TableName,
  runSuffix: string,
  target: TargetShape | undefined,
): PlannedIndex[] {
  const table = quoteName(temporary);
  const names = new Set(target?.indexes.map((index) => index.name));
  const kept = (target?.indexes ?? []).filter(
    (index) => index.constraint !== null || !definition.indexes.some((wanted) => wanted.name === index.name),
  );
  const existing = kept.map((index) => {
    const name = fitName(index.name, runSuffix);
    return { name: index.name, temporary: name, statements: carriedIndex(index, name, temporary) };
  });
  const added = definition.indexes
    .filter((wanted) => !kept.some((index) => index.name === wanted.name))
    .filter((wanted) => names.has(wanted.name) || !kept.some((index) => isSame(index, wanted)))
    .map((wanted) => {
      const name = fitName(wanted.name, runSuffix);
      const columns = wanted.columns.map((column) => quoteName(column)).join(', ');
      const where = wanted.where === undefined ? '' : ` where ${wanted.where}`;
      const unique = wanted.unique ? 'unique ' : '';
      const sql = `create ${unique}index ${quoteName(name)} on ${table} using ${wanted.method} (${columns})${where}`;
      return { name: wanted.name, temporary: name, statements: [sql] };
    });
  return [...existing, ...added];
}

/** The same index under another name, such as that of a primary key. */
function isSame(index: TargetIndex, wanted: IndexDefinition): boolean {
  if (wanted.where !== undefined || index.unique !== wanted.unique) return false;
  return index.tail.replaceAll('"', '') === ` USING ${wanted.method} (${wanted.columns.join(', ')})`;
}

/** Its own place in the syntax would be in the middle of a definition. */
function within(tablespace: string, create: string): string {
  return `set default_tablespace = ${quoteText(tablespace)}; ${create}; set default_tablespace = ''`;
}

/** Statements that build an index of another table on this one, under a name of its own. */
export function carriedIndex(index: TargetIndex, name: string, table: TableName): string[] {
  const statements: string[] = [];
  const on = quoteName(table);
  const { constraint } = index;
  const create = constraint
    ? `alter table ${on} add constraint ${quoteName(name)} ${constraint.definition}`
    : `create ${index.unique ? 'unique ' : ''}index ${quoteName(name)} on ${on}${index.tail}`;
  statements.push(index.tablespace === null ? create : within(index.tablespace, create));
  if (index.comment !== null) {
    const what = constraint
      ? `constraint ${quoteName(name)} on ${on}`
      : `index ${quoteName({ schema: table.schema, name })}`;
    statements.push(`comment on ${what} is ${quoteText(index.comment)}`);
  }
  return statements;
}
