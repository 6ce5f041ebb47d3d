import { createHash } from 'node:crypto';
import {
  JinjaError,
  jsonDumps,
  PyBytes,
  requireText,
  truth,
  typeName,
  Undefined,
  type Value,
} from '../../jinja/index.ts';
import { pyFunction, pyTypeError, rawFunction } from '../py-function.ts';
import { loadJson } from './json-reader.ts';
import { dumpYaml } from './yaml/dump.ts';
import { loadYaml } from './yaml/load.ts';

/** `fromjson` and its like give the default where the text cannot be read. */
export const fromJson: Value = pyFunction('BaseContext.fromjson', ['string', 'default?'], (text, otherwise = null) =>
  orElse(() => loadJson(jsonText(text)), otherwise),
);

export const toJson: Value = pyFunction(
  'BaseContext.tojson',
  ['value', 'default?', 'sort_keys?'],
  (value, otherwise = null, sort = false) => orElse(() => jsonDumps(value, undefined, truth(sort)), otherwise),
);

export const fromYaml: Value = pyFunction('BaseContext.fromyaml', ['value', 'default?'], (text, otherwise = null) =>
  orElse(() => loadYaml(yamlText(text)), otherwise),
);

// Text that is marked as safe cannot be represented.
export const toYaml: Value = rawFunction(
  'BaseContext.toyaml',
  ['value', 'default?', 'sort_keys?'],
  (value, otherwise = null, sort = false) => orElse(() => dumpYaml(value, truth(sort)), otherwise),
);

export const localMd5: Value = pyFunction('BaseContext.local_md5', ['value'], (value) => {
  if (value instanceof Undefined && value.kind === 'parse')
    throw pyTypeError('object supporting the buffer API required');
  return createHash('md5').update(requireText(value, 'encode')).digest('hex');
});

/** json.loads takes text and bytes; what is neither is no matter of the default. */
function jsonText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof PyBytes) return Buffer.from(value.bytes).toString('utf8');
  throw pyTypeError(`the JSON object must be str, bytes or bytearray, not ${typeName(value)}`);
}

function yamlText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof PyBytes) return Buffer.from(value.bytes).toString('utf8');
  if (!(value instanceof Undefined)) throw pyTypeError('a string or stream input is required');
  if (value.kind !== 'parse') value.fail();
  throw pyTypeError('a string value is expected');
}

function orElse(make: () => Value, otherwise: Value): Value {
  try {
    return make();
  } catch (error) {
    if (error instanceof JinjaError && error.isA('ValueError')) return otherwise;
    throw error;
  }
}
