import type { SyncDefinition } from '../types.ts';
import type { PlannedIndex } from './indexes.ts';
import { fitName, quoteName, quoteText, type TableName } from './names.ts';
import type { Grant, TargetShape } from './shape.ts';
import { optionList } from './table.ts';

/** Statements that dress the new table like the old one, before anybody can see it. */
export function dressStatements(temporary: TableName, target: TargetShape | undefined): string[] {
  if (!target) return [];
  const table = quoteName(temporary);
  return [
    ...target.foreignKeys.map((key) => `alter table ${table} add constraint ${quoteName(key.name)} ${key.definition}`),
    ...(target.comment === null ? [] : [`comment on table ${table} is ${quoteText(target.comment)}`]),
    ...target.grants.map((grant) => grantStatement(table, grant)),
    `alter table ${table} owner to ${quoteName(target.owner)}`,
  ];
}

function grantStatement(table: string, { grantee, privilege, grantable, column }: Grant): string {
  const what = column === null ? privilege : `${privilege} (${quoteName(column)})`;
  const who = grantee === null ? 'public' : quoteName(grantee);
  return `grant ${what} on ${table} to ${who}${grantable ? ' with grant option' : ''}`;
}

export interface SwapPlan {
  /** Relations to lock, always in this order, so that two swaps or a swap and a reader of a view cannot wait for each other. */
  readonly locks: readonly TableName[];
  readonly statements: readonly string[];
}

/** The renames, in one transaction after the locks. */
export function planSwap(
  definition: SyncDefinition,
  temporary: TableName,
  indexes: readonly PlannedIndex[],
  target: TargetShape | undefined,
  backupExists: boolean,
): SwapPlan {
  const { table, backup, id } = definition;
  const { schema } = table;
  const old = backup.name;
  const views = target?.views ?? [];
  const statements: string[] = [];
  const rename = (kind: 'table' | 'index', from: string, to: string) =>
    statements.push(`alter ${kind} ${quoteName({ schema, name: from })} rename to ${quoteName(to)}`);
  if (backupExists) statements.push(`drop table ${quoteName(old)}`);
  if (target) {
    rename('table', table.name, old.name);
    for (const index of target.indexes) rename('index', index.name, fitName(index.name, '_bkp'));
  }
  rename('table', temporary.name, table.name);
  for (const index of indexes) rename('index', index.temporary, index.name);
  const owned = new Map((target?.sequences ?? []).map(({ name, column }) => [quoteName(name), column]));
  if (id) owned.set(quoteName(id.sequence), id.column);
  for (const [sequence, column] of owned) {
    statements.push(`alter sequence ${sequence} owned by ${quoteName(table)}.${quoteName(column)}`);
  }
  for (const view of views) {
    const options = view.options.length > 0 ? ` with (${optionList(view.options)})` : '';
    statements.push(`create or replace view ${quoteName(view.name)}${options} as ${view.definition}`);
  }
  if (target && backup.keep === 0) statements.push(`drop table ${quoteName(old)}`);
  const locks = [...(backupExists ? [old] : []), ...views.map((view) => view.name), ...(target ? [table] : [])];
  return { locks, statements };
}
