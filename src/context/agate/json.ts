import { Dict, jsonDumps, PyFloat, PyObject, str, type Value } from '../../jinja/index.ts';
import { PyDecimal } from '../decimal/decimal.ts';
import { pyValueError } from '../py-function.ts';
import { columnIndex, namesOf, type TableView } from './view.ts';

/** A list with a dict for each row, of what JSON can say: decimals as floats, dates and times in ISO form. */
export function jsonRows(table: TableView): Value[] {
  return table.rows.map((row) => {
    const values = row.values();
    return new Dict(namesOf(table).map((name, i) => [name, jsonValue(values[i])] as const));
  });
}

function jsonValue(value: Value): Value {
  if (value instanceof PyDecimal) return new PyFloat(value.pyFloat());
  return value instanceof PyObject ? isoText(value) : value;
}

/** A date or time in ISO form; other objects as they print. */
export function isoText(value: PyObject): string {
  return value instanceof PyDecimal ? str(value) : str(value).replace(' ', 'T');
}

export interface JsonOptions {
  /** The column whose values name the rows. */
  readonly key: Value;
  /** One row a line. */
  readonly newline: boolean;
  readonly indent: number | null;
}

/** agate's to_json. */
export function jsonText(table: TableView, { key, newline, indent }: JsonOptions): string {
  if (key !== null && newline) throw pyValueError('key and newline may not be specified together.');
  if (newline && indent !== null) throw pyValueError('newline and indent may not be specified together.');
  const rows = jsonRows(table);
  const dump = (value: Value) => jsonDumps(value, indent === null ? undefined : ' '.repeat(indent), false, false);
  if (newline) return rows.map((row) => `${dump(row)}\n`).join('');
  if (key === null) return dump(rows);
  const named = new Dict();
  table.rows.forEach((row, i) => {
    const name = str(row.at(columnIndex(table, key)));
    if (named.has(name)) throw pyValueError(`Value ${name} is not unique in the key column.`);
    named.set(name, rows[i]);
  });
  return dump(named);
}
