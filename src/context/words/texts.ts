import { createHash } from 'node:crypto';
import { JinjaError, jsonDumps, str, truth, type Value } from '../../jinja/index.ts';
import { pyFunction } from '../py-function.ts';
import { loadJson } from './json-reader.ts';
import { loadYaml } from './yaml.ts';
import { dumpYaml } from './yaml-writer.ts';

/** `fromjson` and its like give the default where the text cannot be read. */
export const fromJson: Value = pyFunction('fromjson', ['string', 'default?'], (text, otherwise = null) =>
  orElse(() => loadJson(text), otherwise),
);

export const toJson: Value = pyFunction(
  'tojson',
  ['value', 'default?', 'sort_keys?'],
  (value, otherwise = null, sort = false) => orElse(() => jsonDumps(value, undefined, truth(sort)), otherwise),
);

export const fromYaml: Value = pyFunction('fromyaml', ['value', 'default?'], (text, otherwise = null) =>
  orElse(() => loadYaml(text), otherwise),
);

export const toYaml: Value = pyFunction(
  'toyaml',
  ['value', 'default?', 'sort_keys?'],
  (value, otherwise = null, sort = false) => orElse(() => dumpYaml(value, truth(sort)), otherwise),
);

export const localMd5: Value = pyFunction('local_md5', ['value'], (value) =>
  createHash('md5').update(str(value)).digest('hex'),
);

function orElse(make: () => Value, otherwise: Value): Value {
  try {
    return make();
  } catch (error) {
    if (error instanceof JinjaError && error.isA('ValueError')) return otherwise;
    throw error;
  }
}
