import { JinjaError, repr, type Value } from '../../jinja/index.ts';
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

/** Of a column by its name or its index. Throws KeyError or IndexError where there is none. */
export function columnIndex(table: TableView, key: Value): number {
  const at = typeof key === 'number' ? (key < 0 ? key + table.columns.length : key) : namesOf(table).indexOf(key);
  if (table.columns[at] !== undefined) return at;
  if (typeof key === 'number') throw new JinjaError('IndexError', 'tuple index out of range');
  throw new JinjaError('KeyError', repr(key));
}
