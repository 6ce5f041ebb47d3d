import { isTsdbtError } from '../../../error/index.ts';
import { Dict, JinjaError, PyBytes, PyFloat, PySet, repr, type Value } from '../../../jinja/index.ts';
import { type Data, PlainDate, WholeFloat } from '../../../util/data.ts';
import { constructAs, type Making } from '../../../util/yaml.ts';
import { dateOf, dateTimeOf } from '../../modules/datetime/parse-iso.ts';
import { pyValueError } from '../../py-function.ts';

/** Python's yaml.safe_load. A text that is no YAML is a ValueError. */
export function loadYaml(text: string): Value {
  try {
    return constructAs<Value>(text, '<fromyaml>', PYTHON).data;
  } catch (error) {
    throw isTsdbtError(error) ? pyValueError(error.message) : error;
  }
}

/** Template values: keys keep their type, and one anchor is one object. */
const PYTHON: Making<Value> = {
  scalar,
  tagged: (tag, content) => {
    if (tag === '!!set' && content instanceof Dict) return new PySet(content.keys());
    return tag === '!!binary' && typeof content === 'string' ? new PyBytes(Buffer.from(content, 'base64')) : undefined;
  },
  list: () => [],
  add: (list, item) => list.push(item),
  map: () => new Dict(),
  set: (map, key, value) => map.set(key, value),
  entries: (map) => map.entries(),
  keyName,
  cycles: true,
};

function scalar(data: Data): Value {
  if (typeof data === 'number') return Number.isInteger(data) ? data : new PyFloat(data);
  if (data instanceof WholeFloat) return new PyFloat(data.value);
  if (!(data instanceof PlainDate)) return data;
  const date = data.kind === 'date' ? dateOf(data.iso) : dateTimeOf(data.iso);
  if (date === undefined) throw pyValueError(`${data.iso} is out of range`);
  return date;
}

function keyName(key: Value): string | undefined {
  try {
    new PySet([key]);
    return repr(key);
  } catch (error) {
    if (error instanceof JinjaError) return undefined;
    throw error;
  }
}
