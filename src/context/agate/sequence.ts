import {
  Dict,
  equals,
  getItem,
  hostFunction,
  PyObject,
  repr,
  type Tuple,
  tuple,
  type Value,
} from '../../jinja/index.ts';
import { pyFunction } from '../py-function.ts';

/** agate's MappedSequence: values by index or by name, iterated as values. Rows, columns, and the lists of them. */
export abstract class MappedSequence extends PyObject {
  abstract values(): Tuple;
  /** undefined for a sequence without names. */
  abstract names(): readonly Value[] | undefined;

  override pyItem(key: Value): Value | undefined {
    if (typeof key !== 'string') return itemOf(this.values(), key);
    const at = this.names()?.indexOf(key) ?? -1;
    return at < 0 ? undefined : this.values()[at];
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'values':
        return hostFunction(name, () => this.values());
      case 'keys':
        return hostFunction(name, () => this.#keys());
      case 'items':
        return hostFunction(name, () => this.#items());
      case 'dict':
        return hostFunction(name, () => new Dict(this.#items() as Iterable<[Value, Value]>));
      case 'get':
        return pyFunction(name, ['key', 'default?'], (key, otherwise = null) => this.pyItem(String(key)) ?? otherwise);
      default:
        return undefined;
    }
  }

  override pyRepr(): string {
    const values = this.values();
    const sample = [...values.slice(0, 5)].map(repr).join(', ');
    return `<agate.${this.pyTypeName()}: (${sample}${values.length > 5 ? ', ...' : ''})>`;
  }

  override pyIter(): Iterable<Value> {
    return this.values();
  }

  override pyLen(): number {
    return this.values().length;
  }

  override pyEq(other: Value): boolean {
    const theirs = other instanceof MappedSequence ? other.values() : other;
    return Array.isArray(theirs) && equals(this.values(), tuple(theirs));
  }

  #keys(): Value {
    const names = this.names();
    return names ? tuple(names) : null;
  }

  #items(): Tuple {
    const values = this.values();
    return tuple((this.names() ?? []).map((name, i) => tuple([name, values[i]])));
  }
}

/** An index counts from either end; a slice gives a tuple. */
function itemOf(values: Tuple, key: Value): Value | undefined {
  if (typeof key === 'number') return values[key < 0 ? key + values.length : key];
  return getItem(values, key);
}
