import type { SyncDefinition } from '../types.ts';
import type { PlannedColumn } from './columns.ts';
import { grantStatement } from './dress.ts';
import { shown } from './lookup.ts';
import { quoteName } from './names.ts';
import type { FrontFacts, TargetShape } from './shape.ts';

/**
 * Strategy partition: readers know a partitioned table whose one partition, the default one, is the table that the sync
 * fills. A swap detaches the old partition and attaches the new one, so whatever rests on the partitioned table stays as it is.
 */
export function isPartitioned({ front }: SyncDefinition): boolean {
  return front?.kind === 'partition';
}

/** Whether the target is the front's partition now. */
function isAttached({ front }: SyncDefinition, target: TargetShape | undefined): boolean {
  const parent = target?.partitionOf ?? null;
  return front !== undefined && parent !== null && quoteName(parent) === quoteName(front.name);
}

/** Before the target loses its name. */
export function detachStatements(definition: SyncDefinition, target: TargetShape | undefined): string[] {
  if (!isPartitioned(definition) || !isAttached(definition, target)) return [];
  return [`alter table ${frontName(definition)} detach partition ${quoteName(definition.table)}`];
}

/** After the new table has it. */
export function attachStatements(
  definition: SyncDefinition,
  target: TargetShape | undefined,
  columns: readonly PlannedColumn[],
): string[] {
  if (!isPartitioned(definition)) return [];
  const front = frontName(definition);
  const added = columns.filter((column) => column.added);
  return [
    ...(isAttached(definition, target)
      ? added.map((column) => `alter table ${front} add column ${quoteName(column.name)} ${column.type}`)
      : createFront(definition, target)),
    `alter table ${front} attach partition ${quoteName(definition.table)} default`,
  ];
}

/** A table that becomes a partition shares its owner and its grants, by which readers are now judged. */
function createFront(definition: SyncDefinition, target: TargetShape | undefined): string[] {
  const front = frontName(definition);
  const like = `like ${quoteName(definition.table)} including all excluding indexes excluding identity excluding statistics`;
  return [
    `create table ${front} (${like}) partition by range (${quoteName(definition.key[0]!)})`,
    ...(target?.grants ?? []).map((grant) => grantStatement(front, grant)),
    ...(target ? [`alter table ${front} owner to ${quoteName(target.owner)}`] : []),
  ];
}

export function partitionProblems(
  definition: SyncDefinition,
  target: TargetShape | undefined,
  { kind, referrers, others }: FrontFacts,
): string[] {
  const [name, table] = [shown(definition.front!.name), shown(definition.table)];
  if (kind !== 'p') return [`${name} is no partitioned table`];
  return [
    ...(isAttached(definition, target) ? [] : [`${name} is partitioned, but ${table} is not its partition`]),
    ...others.map((other) => `${name} has another partition: ${other}`),
    ...referrers.map((other) => `a foreign key of ${other} refers to ${name}: its partition cannot be detached`),
  ];
}

/** Columns are added to the front, and so to its partition. */
export function tableToAlter(definition: SyncDefinition): string {
  return isPartitioned(definition) ? frontName(definition) : quoteName(definition.table);
}

function frontName({ front }: SyncDefinition): string {
  return quoteName(front!.name);
}
