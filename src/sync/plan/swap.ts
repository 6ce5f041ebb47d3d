import type { SyncDefinition } from '../types.ts';
import { type Backups, dropBackup, rotate } from './backups.ts';
import type { PlannedColumn } from './columns.ts';
import type { PlannedIndex } from './indexes.ts';
import { repointView } from './matviews.ts';
import { fitName, quoteName, type TableName } from './names.ts';
import { attachStatements, detachStatements } from './partition.ts';
import type { TargetShape } from './shape.ts';

export interface SwapPlan {
  /** Relations to lock, always in this order, so that two swaps or a swap and a reader of a view cannot wait for each other. */
  readonly locks: readonly TableName[];
  readonly statements: readonly string[];
  /** Afterwards, without keeping anybody waiting: foreign keys of other tables are checked again. */
  readonly validate: readonly string[];
}

/** The renames, in one transaction after the locks, between the definition's hooks; `also` comes before the last of these. `columns`: what the new table has. */
export function planSwap(
  definition: SyncDefinition,
  temporary: TableName,
  indexes: readonly PlannedIndex[],
  target: TargetShape | undefined,
  backups: Backups,
  matviews: readonly string[],
  { columns = [], also = [] }: { readonly columns?: readonly PlannedColumn[]; readonly also?: readonly string[] } = {},
): SwapPlan {
  const { table, backup, id } = definition;
  const { schema } = table;
  const old = backup.name;
  const views = target?.views ?? [];
  const statements: string[] = [...definition.hooks.before];
  const rename = (kind: 'table' | 'index', from: string, to: string) =>
    statements.push(`alter ${kind} ${quoteName({ schema, name: from })} rename to ${quoteName(to)}`);
  const room = rotate(definition, backups);
  statements.push(...room.statements);
  const carried = (stage: 'before' | 'after') =>
    (target?.carried ?? []).filter((one) => one.stage === stage).map((one) => one.sql);
  statements.push(...carried('before'), ...detachStatements(definition, target));
  if (target) {
    rename('table', table.name, old.name);
    for (const index of target.indexes) rename('index', index.name, fitName(index.name, '_bkp'));
  }
  rename('table', temporary.name, table.name);
  for (const index of indexes) rename('index', index.temporary, index.name);
  statements.push(...attachStatements(definition, target, columns));
  const owned = new Map((target?.sequences ?? []).map(({ name, column }) => [quoteName(name), column]));
  if (id) owned.set(quoteName(id.sequence), id.column);
  for (const [sequence, column] of owned) {
    statements.push(`alter sequence ${sequence} owned by ${quoteName(table)}.${quoteName(column)}`);
  }
  statements.push(...carried('after'));
  statements.push(...views.map(repointView), ...matviews);
  if (target && backup.keep === 0) statements.push(dropBackup(definition, old));
  statements.push(...also, ...definition.hooks.after);
  const keys = target?.inbound ?? [];
  const partitioned = target?.partitionOf ? [target.partitionOf] : [];
  const others = [...room.touched, ...partitioned, ...views.map((view) => view.name), ...keys.map((key) => key.table)];
  const locks = new Map([...others, ...(target ? [table] : [])].map((name) => [quoteName(name), name]));
  const validate = keys
    .filter((key) => key.validated)
    .map((key) => `alter table ${quoteName(key.table)} validate constraint ${quoteName(key.name)}`);
  return { locks: [...locks.values()], statements, validate };
}
