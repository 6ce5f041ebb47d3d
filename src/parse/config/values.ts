import { type Data, type DataMap, isDataMap } from '../../util/data.ts';

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

/** YAML 1.1 reads an unquoted `on` or `off` as a boolean. */
export function onOff(value: Data): Data {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : value;
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
