import { Dict, PyObject, PySet, str, toData, Undefined, type Value } from '../../jinja/index.ts';
import type { Data } from '../../util/data.ts';

/** A value given to `config()` as data for the manifest; a relation and its like, and what is undefined, become the text they print as. */
export function configData(value: Value): Data {
  if (value instanceof Undefined) return '';
  if (value instanceof PyObject) return value.pyData?.() ?? str(value);
  if (value instanceof PySet) return [...value].map(configData);
  if (Array.isArray(value)) return value.map(configData);
  if (!(value instanceof Dict)) return toData(value);
  return Object.fromEntries([...value.entries()].map(([key, item]) => [str(key), configData(item)]));
}
