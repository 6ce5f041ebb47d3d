import { PyObject, type Tuple, tuple, type Value } from '../../jinja/index.ts';
import { AgateColumn } from './column.ts';
import { AgateList } from './list.ts';
import { letterName, uniqueNames } from './names.ts';
import { type PrintOptions, printedStructure, printedTable } from './print.ts';
import { AgateRow } from './row.ts';
import { tableMethod } from './table-methods.ts';
import { type AgateColumnSpec, AgateType } from './types.ts';

export interface AgateData {
  readonly columns: readonly AgateColumnSpec[];
  /** Plain values, see `cellValue`; shorter rows are filled up with none. */
  readonly rows: readonly (readonly unknown[])[];
}

/** A query's result as templates know it: agate's Table, of which each value is made when it is looked at. */
export class AgateTable extends PyObject {
  readonly columns: readonly AgateColumnSpec[];
  readonly rows: readonly AgateRow[];
  #columnList: AgateList | undefined;
  #rowList: AgateList | undefined;

  private constructor(columns: readonly AgateColumnSpec[], rows: readonly AgateRow[]) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  static of(data: AgateData): AgateTable {
    const names = uniqueNames(data.columns.map((column, i) => column.name || letterName(i)));
    const columns = data.columns.map((column, i) => ({ name: names[i] as string, type: column.type }));
    return new AgateTable(
      columns,
      data.rows.map((row) => new AgateRow(row, columns, names)),
    );
  }

  pyTypeName(): string {
    return 'Table';
  }

  get columnNames(): readonly string[] {
    return this.columns.map((column) => column.name);
  }

  /** Every row as a tuple: the `data` of `load_result`. */
  matrix(): Tuple[] {
    return this.rows.map((row) => row.values());
  }

  /** The same columns with other rows. */
  fork(rows: readonly AgateRow[]): AgateTable {
    return new AgateTable(this.columns, rows);
  }

  printed(options?: PrintOptions): string {
    return printedTable(this, options);
  }

  columnList(): AgateList {
    this.#columnList ??= new AgateList(
      this.columns.map((column, i) => new AgateColumn(i, column.name, column.type, this.rows)),
      this.columnNames,
    );
    return this.#columnList;
  }

  rowList(): AgateList {
    this.#rowList ??= new AgateList(this.rows);
    return this.#rowList;
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'columns':
        return this.columnList();
      case 'rows':
        return this.rowList();
      case 'column_names':
        return tuple(this.columnNames);
      case 'column_types':
        return tuple(this.columns.map((column) => new AgateType(column.type)));
      case 'row_names':
        return null;
      default:
        return tableMethod(name, this, {
          fork: (rows) => this.fork(rows),
          of: (columns, rows) => AgateTable.of({ columns, rows }),
        });
    }
  }

  override pyItem(key: Value): Value | undefined {
    return this.rowList().pyItem(key);
  }

  override pyIter(): Iterable<Value> {
    return this.rows;
  }

  override pyLen(): number {
    return this.rows.length;
  }

  override pyStr(): string {
    return printedStructure(this);
  }

  override pyRepr(): string {
    return '<agate.table.Table object>';
  }
}
