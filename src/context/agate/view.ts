import type { Value } from '../../jinja/index.ts';
import type { AgateRow } from './row.ts';
import type { AgateColumnSpec } from './types.ts';

/** What printing and the table's methods need of a table. */
export interface TableView {
  readonly columns: readonly AgateColumnSpec[];
  readonly rows: readonly AgateRow[];
}

/** How methods make further tables. */
export interface TableMaker {
  /** The same columns with other rows. */
  fork(rows: readonly AgateRow[]): Value;
  of(columns: readonly AgateColumnSpec[], rows: readonly (readonly unknown[])[]): Value;
}

export function namesOf(table: TableView): readonly string[] {
  return table.columns.map((column) => column.name);
}
