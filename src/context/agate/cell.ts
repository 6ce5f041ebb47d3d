import { PyFloat, PyObject, repr, type Value } from '../../jinja/index.ts';
import { PyDecimal } from '../decimal/decimal.ts';
import { dateOf, dateTimeOf } from '../modules/datetime/parse-iso.ts';
import type { AgateTypeName } from './types.ts';

/**
 * One value of a result as Python would hold it. Raw values are plain: numbers as number, bigint or digits; dates as
 * `YYYY-MM-DD`; times as `YYYY-MM-DD hh:mm:ss[.ffffff][+hh:mm]`. Template values pass as they are.
 */
export function cellValue(raw: unknown, type: AgateTypeName): Value {
  if (raw === null || raw === undefined) return null;
  if (raw instanceof PyObject) return raw;
  switch (type) {
    case 'integer':
      return typeof raw === 'string' ? integer(raw) : raw;
    case 'number':
      return decimal(raw);
    case 'boolean':
      return raw === true || raw === 1 || raw === 'true' || raw === '1';
    case 'date':
      return dateOf(String(raw)) ?? String(raw);
    case 'datetime':
      return dateTimeOf(String(raw)) ?? String(raw);
    case 'text':
      return String(raw);
  }
}

function integer(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}

/** A number Decimal cannot show, such as inf, stays the text Python prints for it. */
function decimal(raw: unknown): Value {
  const text = typeof raw === 'number' ? repr(new PyFloat(raw)) : String(raw);
  return PyDecimal.parse(text) ?? text;
}
