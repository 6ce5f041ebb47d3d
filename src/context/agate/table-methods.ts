import { callValue, iterate, PySet, type Step, truth, tuple, type Value } from '../../jinja/index.ts';
import { pyFunction, pyValueError } from '../py-function.ts';
import { csvText } from './csv.ts';
import { joined } from './join.ts';
import { jsonText } from './json.ts';
import { byValue } from './order.ts';
import { printedStructure, printedTable } from './print.ts';
import type { AgateRow } from './row.ts';
import { grouped } from './table-set.ts';
import { namesOf, type TableMaker, type TableView } from './view.ts';

type Method = (table: TableView, maker: TableMaker) => Value;

const PRINT_TABLE = ['max_rows?', 'max_columns?', 'output?', 'max_column_width?', 'locale?', 'max_precision?'];

const JOIN = ['right_table', 'left_key?', 'right_key?', 'inner?', 'full_outer?', 'require_match?', 'columns?'];

/** agate's methods that macros and packages use; the others are not there. The printing ones write to stdout, as agate does. */
const METHODS: Readonly<Record<string, Method>> = {
  print_table: (table) =>
    pyFunction('print_table', PRINT_TABLE, (maxRows, maxColumns, _output, maxColumnWidth, _locale, maxPrecision) =>
      shown(printedTable(table, { maxRows, maxColumns, maxColumnWidth, maxPrecision })),
    ),
  print_structure: (table) => pyFunction('print_structure', [], () => shown(printedStructure(table))),
  print_json: (table) =>
    pyFunction('print_json', ['key?', 'newline?', 'indent?'], (key = null, newline = false, indent = null) =>
      shown(jsonText(table, { key, newline: truth(newline), indent })),
    ),
  print_csv: (table) => pyFunction('print_csv', [], () => shown(csvText(table))),
  group_by: (table, maker) =>
    pyFunction('group_by', ['key', 'key_name?', 'key_type?'], (key, name = null) => grouped(table, maker, key, name)),
  join: (table, maker) =>
    pyFunction(
      'join',
      JOIN,
      (other, left = null, right = null, inner = false, outer = false, match = false, only = null) =>
        joined(table, other, maker, {
          left,
          right,
          inner: truth(inner),
          fullOuter: truth(outer),
          requireMatch: truth(match),
          columns: only === null ? null : [...iterate(only)],
        }),
    ),
  select: (table, maker) => pyFunction('select', ['key'], (key) => columnsOnly(table, maker, keysOf(key))),
  exclude: (table, maker) =>
    pyFunction('exclude', ['key'], (key) => {
      const dropped = keysOf(key);
      return columnsOnly(
        table,
        maker,
        namesOf(table).filter((name) => !dropped.includes(name)),
      );
    }),
  rename: (table, maker) => pyFunction('rename', ['column_names?'], (names) => renamed(table, maker, names)),
  limit: (table, maker) =>
    pyFunction('limit', ['start_or_stop?', 'stop?', 'step?'], (first = null, stop = null, step = null) => {
      const [from, to] = stop === null ? [0, first] : [first, stop];
      const kept = table.rows.slice(from ?? 0, to ?? undefined);
      return maker.fork(step === null ? kept : kept.filter((_, i) => i % Number(step) === 0));
    }),
  where: (table, maker) => pyFunction('where', ['test'], (test) => filtered(table, maker, test)),
  find: (table) => pyFunction('find', ['test'], (test) => found(table, test)),
  distinct: (table, maker) => pyFunction('distinct', ['key?'], (key = null) => distinct(table, maker, key)),
  order_by: (table, maker) =>
    pyFunction('order_by', ['key', 'reverse?'], (key, reverse = false) => ordered(table, maker, key, truth(reverse))),
};

export function tableMethod(name: string, table: TableView, maker: TableMaker): Value | undefined {
  return Object.hasOwn(METHODS, name) ? METHODS[name]?.(table, maker) : undefined;
}

function shown(text: string): null {
  process.stdout.write(text);
  return null;
}

function keysOf(key: Value): string[] {
  return typeof key === 'string' ? [key] : [...iterate(key)];
}

function columnsOnly(table: TableView, maker: TableMaker, names: readonly string[]): Value {
  const kept = names.map((name) => namesOf(table).indexOf(name));
  if (kept.includes(-1)) throw pyValueError('tuple.index(x): x not in tuple');
  const columns = kept.flatMap((at) => table.columns[at] ?? []);
  const rows = table.rows.map((row) => kept.map((at) => row.at(at)));
  return maker.of(columns, rows);
}

function renamed(table: TableView, maker: TableMaker, names: Value): Value {
  const given = Array.isArray(names) ? names : namesOf(table).map((name) => names.get(name) ?? name);
  const columns = table.columns.map((column, i) => ({ name: String(given[i] ?? column.name), type: column.type }));
  return maker.of(
    columns,
    table.rows.map((row) => [...row.values()]),
  );
}

function* filtered(table: TableView, maker: TableMaker, test: Value): Step<Value> {
  const kept: AgateRow[] = [];
  for (const row of table.rows) if (truth(yield* callValue(test, [row]))) kept.push(row);
  return maker.fork(kept);
}

function* found(table: TableView, test: Value): Step<Value> {
  for (const row of table.rows) if (truth(yield* callValue(test, [row]))) return row;
  return null;
}

function* keyOf(row: AgateRow, key: Value): Step<Value> {
  if (key === null) return row.values();
  if (typeof key === 'string') return row.pyItem(key);
  if (Array.isArray(key)) return tuple(key.map((name) => row.pyItem(name)));
  return yield* callValue(key, [row]);
}

function* distinct(table: TableView, maker: TableMaker, key: Value): Step<Value> {
  const seen = new PySet();
  const kept: AgateRow[] = [];
  for (const row of table.rows) {
    const value = yield* keyOf(row, key);
    if (!seen.has(value)) kept.push(row);
    seen.add(value);
  }
  return maker.fork(kept);
}

function* ordered(table: TableView, maker: TableMaker, key: Value, reverse: boolean): Step<Value> {
  const keyed: [AgateRow, Value][] = [];
  for (const row of table.rows) keyed.push([row, yield* keyOf(row, key)]);
  keyed.sort(([, a], [, b]) => byValue(a, b) * (reverse ? -1 : 1));
  return maker.fork(keyed.map(([row]) => row));
}
