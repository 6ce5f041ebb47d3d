import type { SyncDefinition } from '../types.ts';
import { type Backups, backupTable } from './backups.ts';
import { dressStatements } from './dress.ts';
import { type PlannedIndex, planIndexes } from './indexes.ts';
import { lossesOf } from './losses.ts';
import { type MatviewsPlan, planMatviews } from './matviews.ts';
import { quoteName, type TableName, temporaryMark, temporaryName } from './names.ts';
import type { TargetShape } from './shape.ts';
import { planSwap, type SwapPlan } from './swap.ts';
import { createStatements } from './table.ts';

export interface RollbackPlan {
  readonly temporary: TableName;
  readonly create: readonly string[];
  readonly copyOut: string;
  readonly copyIn: string;
  readonly indexes: readonly PlannedIndex[];
  readonly dress: readonly string[];
  readonly vacuum: string;
  readonly matviews: MatviewsPlan;
  readonly swap: SwapPlan;
  readonly problems: readonly string[];
}

/**
 * The backup's rows take the target's place by the same swap as any other rows, so that whatever the target has
 * survives, and what is replaced becomes the backup: rolling back twice gives what was there first.
 */
export function planRollback(
  definition: SyncDefinition,
  invocationId: string,
  target: TargetShape,
  backup: ReadonlyMap<string, string>,
  backups: Required<Backups>,
): RollbackPlan {
  const temporary = temporaryName(definition.table, invocationId);
  const run = temporaryMark(invocationId);
  const indexes = planIndexes(definition, temporary, run, target);
  const matviews = planMatviews(definition.table, temporary, target, run);
  const kept = target.columns.filter((column) => !column.generated && backup.has(column.name));
  const names = kept.map((column) => quoteName(column.name)).join(', ');
  const values = kept.map((column) => `${quoteName(column.name)}::${column.type}`).join(', ');
  const missing = target.columns.filter(
    (column) => !backup.has(column.name) && column.notNull && !column.hasDefault && !column.generated,
  );
  return {
    temporary,
    create: createStatements(definition, temporary, [], target),
    copyOut: `copy (select ${values} from ${quoteName(backupTable(definition, backups.returning))}) to stdout (format binary)`,
    copyIn: `copy ${quoteName(temporary)} (${names}) from stdin (format binary, freeze)`,
    indexes,
    dress: dressStatements(temporary, target),
    vacuum: `vacuum (analyze) ${quoteName(temporary)}`,
    matviews,
    swap: planSwap(definition, temporary, indexes, target, backups, matviews.swap),
    problems: [
      ...lossesOf(definition, target).refused,
      ...missing.map(({ name }) => `column "${name}" of the target must not be NULL, and the backup does not have it`),
    ],
  };
}
