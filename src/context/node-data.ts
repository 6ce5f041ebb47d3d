import { Dict, PyFloat, type Value } from '../jinja/index.ts';
import { PlainDate, WholeFloat } from '../util/data.ts';
import { dateOf, dateTimeOf } from './modules/datetime/parse-iso.ts';

/** Parts of a node whose values are the user's own: nothing is left out of them. */
const USER_DATA = new Set(['meta', 'unrendered_config', 'source_meta', 'quoting', 'overrides']);

/** What dbt keeps as objects of its own inside a configuration. */
const PARTS_OF_CONFIG = new Set(['docs', 'contract', 'freshness', 'latest_version_pointer', 'config']);

/** Plain data as a template value. Dicts are filled when they are looked at, so that a node costs only what is read of it. */
export function lazyValue(data: unknown): Value {
  if (data === null || data === undefined) return null;
  if (typeof data === 'number') return Number.isInteger(data) ? data : new PyFloat(data);
  if (typeof data !== 'object') return data;
  if (Array.isArray(data)) return data.map(lazyValue);
  if (data instanceof WholeFloat) return new PyFloat(data.value);
  if (data instanceof PlainDate) return dateValue(data);
  return lazyDict(data);
}

function dateValue({ iso, kind }: PlainDate): Value {
  return (kind === 'date' ? dateOf(iso) : dateTimeOf(iso)) ?? iso;
}

export function lazyDict(data: object, keep: (key: string, value: unknown) => boolean = () => true): Dict {
  return Dict.lazy((dict) => {
    for (const [key, value] of Object.entries(data))
      if (value !== undefined && keep(key, value)) dict.set(key, lazyValue(value));
  });
}

/** Template global `model`: a node as dbt shows it, without what is none in it, its configuration and its columns. */
export function modelDict(node: Readonly<Record<string, unknown>>): Dict {
  return Dict.lazy((dict) => {
    for (const [key, value] of Object.entries(node)) {
      if (value === null || value === undefined) continue;
      dict.set(key, key === 'columns' ? columnsDict(value as object) : partOf(key, value));
    }
    if (typeof node['compiled_code'] === 'string') dict.set('compiled_sql', node['compiled_code']);
  });
}

function columnsDict(columns: object): Dict {
  return Dict.lazy((dict) => {
    for (const [name, column] of Object.entries(columns)) dict.set(name, partOf('column', column));
  });
}

function partOf(key: string, value: unknown): Value {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || USER_DATA.has(key))
    return lazyValue(value);
  return Dict.lazy((dict) => {
    for (const [name, item] of Object.entries(value))
      if (item !== null && item !== undefined)
        dict.set(name, PARTS_OF_CONFIG.has(name) ? partOf(name, item) : lazyValue(item));
  });
}
