import { type Data, type DataMap, isDataMap, WholeFloat } from '../../util/data.ts';
import { pyStr } from '../python.ts';

/** A value where dbt also accepts a single item for a list. */
export function listed(value: Data): readonly Data[] {
  return Array.isArray(value) ? value : [value];
}

/** A hook in its full form. Hooks are given as SQL, as a map, or as that map in JSON. */
export function hook(value: Data): DataMap {
  const given = isDataMap(value) ? value : hookFromText(String(value));
  return { sql: given.sql ?? '', transaction: given.transaction ?? true, index: given.index ?? null };
}

function hookFromText(text: string): DataMap {
  if (!text.trimStart().startsWith('{')) return { sql: text };
  try {
    const parsed: Data = JSON.parse(text);
    return isDataMap(parsed) ? parsed : { sql: text };
  } catch {
    return { sql: text };
  }
}

/** `keys` of a map with their defaults; anything else in the map is dropped, as dbt's own classes do. */
export function shaped(defaults: DataMap): (value: Data) => Data {
  return (value) => {
    if (!isDataMap(value)) return value;
    return Object.fromEntries(Object.entries(defaults).map(([key, fallback]) => [key, value[key] ?? fallback]));
  };
}

// dbt's classes make texts of whatever they are given where their field is a text.

export const text = (value: Data): Data => pyStr(value);
export const optionalText = (value: Data): Data => (value === null ? null : pyStr(value));
export const texts = (value: Data): Data => listed(value).map(pyStr);

export function textOrTexts(value: Data): Data {
  if (Array.isArray(value)) return value.map(pyStr);
  return isDataMap(value) ? Object.keys(value) : optionalText(value);
}

/** A list as Python iterates what was given instead of one: a text by its characters, a map by its keys. */
export function characters(value: Data): Data {
  if (typeof value === 'string') return [...value];
  return Array.isArray(value) || isDataMap(value) ? textOrTexts(value) : value;
}

/** What Python's int() makes of a number or its text. */
export function wholeNumber(value: Data): Data {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return Math.trunc(value);
  if (value instanceof WholeFloat) return value.value;
  return typeof value === 'string' && /^\s*[-+]?\d+\s*$/.test(value) ? Number(value) : value;
}

/** A model's freshness counts only with `build_after`. */
export function modelFreshness(value: Data): Data {
  if (!isDataMap(value) || !isDataMap(value.build_after ?? null)) return null;
  const after = value.build_after as DataMap;
  return {
    ...value,
    build_after: {
      ...after,
      count: after.count ?? null,
      period: after.period ?? null,
      updates_on: after.updates_on ?? 'any',
    },
  };
}

const TIME: DataMap = { count: null, period: null };

/** A source's freshness, every key present. */
export function sourceFreshness(value: Data): Data {
  if (!isDataMap(value)) return value;
  const time = (name: string): Data => {
    const given = value[name];
    return given === undefined ? TIME : given === null ? null : shaped(TIME)(given);
  };
  return { warn_after: time('warn_after'), error_after: time('error_after'), filter: value.filter ?? null };
}
