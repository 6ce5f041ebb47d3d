import type { SyncDefinition } from '../types.ts';
import { shown } from './lookup.ts';
import { quoteName } from './names.ts';
import { isPartitioned, partitionProblems } from './partition.ts';
import type { FrontFacts, TargetShape } from './shape.ts';
import { optionList } from './table.ts';

/**
 * The view that readers know, over the table that the sync fills: made by the first run, and made wider when columns are
 * added. It is never dropped, so that whatever rests on it stays; what else a swap does to it, it does to any view over the table.
 */
export function viewStatements(
  { front, table }: SyncDefinition,
  target: TargetShape | undefined,
  columnsAdded: boolean,
): string[] {
  if (front?.kind !== 'view') return [];
  const present = target?.views.find(({ name }) => quoteName(name) === quoteName(front.name));
  if (present !== undefined && !columnsAdded) return [];
  const options = present?.options.length ? ` with (${optionList(present.options)})` : '';
  return [`create or replace view ${quoteName(front.name)}${options} as select * from ${quoteName(table)}`];
}

/** Why the name cannot be the front's. */
export function frontProblems(
  definition: SyncDefinition,
  target: TargetShape | undefined,
  facts: FrontFacts | undefined,
): string[] {
  const { front, table } = definition;
  if (front === undefined || facts === undefined) return [];
  const name = shown(front.name);
  if (facts.kind === 'r') {
    const rename = `alter table ${quoteName(front.name)} rename to ${quoteName(table.name)}`;
    return [`${name} is a table, and with strategy ${front.kind} its name is the ${FRONTS[front.kind]}'s: ${rename}`];
  }
  if (isPartitioned(definition)) return partitionProblems(definition, target, facts);
  if (facts.kind !== 'v') return [`${name} is no view`];
  const reads = target?.views.some((view) => quoteName(view.name) === quoteName(front.name)) === true;
  return reads ? [] : [`the view ${name} does not read ${shown(table)}`];
}

const FRONTS = { view: 'view', partition: 'partitioned table' } as const;
