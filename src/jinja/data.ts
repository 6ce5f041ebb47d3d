import { type Data, type DataMap, PlainDate, WholeFloat } from '../util/data.ts';
import { typeError } from './errors.ts';
import { str } from './ops/text.ts';
import { typeName } from './ops/types.ts';
import { Dict } from './values/dict.ts';
import { PyFloat } from './values/float.ts';
import { DictView, PyIterator } from './values/iterator.ts';
import { StrSubclass } from './values/markup.ts';
import { PyObject, type Value } from './values/object.ts';
import { PyRange } from './values/range.ts';
import { PySet } from './values/set.ts';
import { Undefined } from './values/undefined.ts';

/** A date of YAML as templates see it. */
class DateValue extends PyObject {
  readonly date: PlainDate;
  constructor(date: PlainDate) {
    super();
    this.date = date;
  }

  pyTypeName(): string {
    return this.date.kind;
  }

  override pyStr(): string {
    return this.date.iso;
  }

  override pyEq(other: Value): boolean {
    return other instanceof DateValue && other.date.iso === this.date.iso && other.date.kind === this.date.kind;
  }

  override pyHash(): string {
    return `${this.date.kind} ${this.date.iso}`;
  }
}

/** Plain data as template values. Maps are converted a level at a time, when they are looked at. */
export function fromData(data: Data): Value {
  if (typeof data === 'number') return Number.isInteger(data) ? data : new PyFloat(data);
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(fromData);
  if (data instanceof WholeFloat) return new PyFloat(data.value);
  if (data instanceof PlainDate) return new DateValue(data);
  return Dict.lazy((dict) => {
    for (const key of Object.keys(data as DataMap)) dict.set(key, fromData((data as DataMap)[key] as Data));
  });
}

/** Template values as plain data. Keys become strings; what has no plain form is an error. */
export function toData(value: Value): Data {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(toData);
  if (value instanceof Dict) {
    const map: Record<string, Data> = {};
    for (const [key, item] of value.entries()) {
      Object.defineProperty(map, str(key), {
        value: toData(item),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    return map;
  }
  if (value instanceof PyFloat) return Number.isInteger(value.value) ? new WholeFloat(value.value) : value.value;
  if (value instanceof StrSubclass) return value.value;
  if (value instanceof DateValue) return value.date;
  if (value instanceof PySet || value instanceof PyRange || value instanceof PyIterator || value instanceof DictView) {
    return [...value].map(toData);
  }
  if (value instanceof Undefined) return value.fail();
  if (value instanceof PyObject && value.pyData !== undefined) return value.pyData();
  throw typeError(`a value of type '${typeName(value)}' cannot become plain data`);
}
