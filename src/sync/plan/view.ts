import type { SyncDefinition } from '../types.ts';
import { shown } from './lookup.ts';
import { quoteName } from './names.ts';
import type { TargetShape } from './shape.ts';
import { optionList } from './table.ts';

/** What stands under the name that readers know: relkind of pg_class; undefined where nothing does. */
export type ViewKind = string | undefined;

/**
 * The view that readers know, over the table that the sync fills: made by the first run, and made wider when columns are
 * added. It is never dropped, so that whatever rests on it stays; what else a swap does to it, it does to any view over the table.
 */
export function viewStatements(
  { view, table }: SyncDefinition,
  target: TargetShape | undefined,
  columnsAdded: boolean,
): string[] {
  if (view === undefined) return [];
  const present = target?.views.find(({ name }) => quoteName(name) === quoteName(view));
  if (present !== undefined && !columnsAdded) return [];
  const options = present?.options.length ? ` with (${optionList(present.options)})` : '';
  return [`create or replace view ${quoteName(view)}${options} as select * from ${quoteName(table)}`];
}

/** Why the name cannot be the view's. */
export function viewProblems(
  { view, table }: SyncDefinition,
  target: TargetShape | undefined,
  kind: ViewKind,
): string[] {
  if (view === undefined || kind === undefined) return [];
  if (kind !== 'v') {
    const rename = `alter table ${quoteName(view)} rename to ${quoteName(table.name)}`;
    return [`${shown(view)} is a table, and with strategy view its name is the view's: ${rename}`];
  }
  const reads = target?.views.some(({ name }) => quoteName(name) === quoteName(view)) === true;
  return reads ? [] : [`the view ${shown(view)} does not read ${shown(table)}`];
}
