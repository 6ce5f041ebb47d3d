import { Dict, PyFloat, PyObject, str, type Value } from '../../jinja/index.ts';
import { PyDecimal } from '../decimal/decimal.ts';
import { namesOf, type TableView } from './view.ts';

/** A list with a dict for each row, of what JSON can say: decimals as floats, dates and times in ISO form. */
export function jsonRows(table: TableView): Value[] {
  return table.rows.map((row) => {
    const values = row.values();
    return new Dict(namesOf(table).map((name, i) => [name, jsonValue(values[i])] as const));
  });
}

function jsonValue(value: Value): Value {
  if (value instanceof PyDecimal) return new PyFloat(value.pyFloat());
  return value instanceof PyObject ? str(value).replace(' ', 'T') : value;
}
