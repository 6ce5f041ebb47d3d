import {
  callValue,
  Dict,
  getItem,
  hostFunction,
  isCallable,
  type PyObject,
  type Step,
  str,
  type Tuple,
  tuple,
  type Value,
} from '../../jinja/index.ts';
import { pyFunction } from '../py-function.ts';
import { printedTable } from './print.ts';
import { AgateRow } from './row.ts';
import { MappedSequence } from './sequence.ts';
import { type AgateColumnSpec, AgateType } from './types.ts';
import { columnIndex, type TableMaker, type TableView } from './view.ts';

type Table = PyObject & TableView;

/** Methods of a table that a set of tables has too: each table's own, giving a set again. */
const EACH = new Set(['distinct', 'exclude', 'find', 'join', 'limit', 'order_by', 'select', 'where']);
/** What agate's Text takes for none. */
const NULLS = new Set(['', 'na', 'n/a', 'none', 'null', '.']);

/** agate's TableSet: what `group_by` gives, tables by the value they were grouped by. */
export class TableSet extends MappedSequence {
  readonly #tables: Tuple;
  readonly #keys: readonly Value[];
  readonly #key: AgateColumnSpec;
  readonly #columns: readonly AgateColumnSpec[];
  readonly #maker: TableMaker;

  constructor(tables: readonly Table[], keys: readonly Value[], key: AgateColumnSpec, maker: TableMaker) {
    super();
    this.#tables = tuple(tables);
    this.#keys = keys;
    this.#key = key;
    this.#columns = tables[0]?.columns ?? [];
    this.#maker = maker;
  }

  pyTypeName(): string {
    return 'TableSet';
  }

  values(): Tuple {
    return this.#tables;
  }

  names(): readonly Value[] {
    return this.#keys;
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'key_name':
        return this.#key.name;
      case 'key_type':
        return new AgateType(this.#key.type);
      case 'column_names':
        return tuple(this.#columns.map((column) => column.name));
      case 'column_types':
        return tuple(this.#columns.map((column) => new AgateType(column.type)));
      case 'merge':
        return pyFunction(name, ['groups?', 'group_name?'], (groups = null, key = null) => this.#merged(groups, key));
      case 'print_structure':
        return pyFunction(name, ['max_rows?'], (most = 20) => {
          process.stdout.write(this.#structure(most));
          return null;
        });
      default:
        return EACH.has(name)
          ? hostFunction(name, (args, kwargs) => this.#each(name, args, kwargs))
          : super.pyAttr(name);
    }
  }

  *#each(name: string, args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Step<Value> {
    const made: Table[] = [];
    for (const table of this.#tables) made.push(yield* callValue(table.pyAttr(name), args, kwargs));
    return new TableSet(made, this.#keys, this.#key, this.#maker);
  }

  /** One table again, with the key as its first column. */
  #merged(groups: readonly Value[] | null, name: string | null): Value {
    const rows = this.#tables.flatMap((table: Table, i) =>
      table.rows.map((row) => [groups === null ? this.#keys[i] : groups[i], ...row.values()]),
    );
    return this.#maker.of([{ ...this.#key, name: name ?? this.#key.name }, ...this.#columns], rows);
  }

  #structure(most = 20): string {
    const columns: AgateColumnSpec[] = ['table', 'rows'].map((name) => ({ name, type: 'text' }));
    const rows = this.#tables.slice(0, most).map((table: Table, i) => {
      const key = this.#keys[i] === null ? '' : str(this.#keys[i]);
      return new AgateRow([NULLS.has(key.toLowerCase()) ? null : key, String(table.rows.length)], columns, [
        'table',
        'rows',
      ]);
    });
    return printedTable({ columns, rows }, { maxColumnWidth: null });
  }

  override pyStr(): string {
    return this.#structure();
  }
}

/** `group_by(key, key_name)`: the key is a column, or a function of a row. */
export function* grouped(table: TableView, maker: TableMaker, key: Value, keyName: string | null): Step<Value> {
  const column = isCallable(key) ? { name: 'group', type: 'text' as const } : table.columns[columnIndex(table, key)]!;
  const groups = new Dict();
  for (const row of table.rows) {
    const value = isCallable(key) ? str(yield* callValue(key, [row])) : getItem(row, column.name);
    if (!groups.has(value)) groups.set(value, []);
    groups.get(value).push(row);
  }
  const tables = Array.from(groups.values(), (rows) => maker.fork(rows) as Table);
  const named = { name: keyName ?? column.name, type: column.type };
  return new TableSet(tables.length === 0 ? [maker.fork([]) as Table] : tables, [...groups.keys()], named, maker);
}
