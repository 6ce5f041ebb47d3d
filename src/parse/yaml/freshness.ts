import { type Data, type DataMap, isDataMap } from '../../util/data.ts';

// Freshness is told in four places, each over the one before: source, its config, table, its config.
// A place that says null takes freshness away; a place that says nothing leaves what was.

/** The freshness of a table; null where it was taken away, undefined where nobody set any. */
export function mergedFreshness(places: readonly (Data | undefined)[]): DataMap | null | undefined {
  let merged = places[0] === null ? null : full(places[0]);
  for (const place of places.slice(1)) {
    if (place === null) merged = null;
    else if (merged === null) merged = isSet(full(place)) ? full(place) : null;
    else merged = over(merged, full(place));
  }
  if (merged === null) return null;
  return isSet(merged) ? merged : undefined;
}

const EMPTY: DataMap = { count: null, period: null };

function full(value: Data | undefined): DataMap {
  const given = isDataMap(value) ? value : {};
  return {
    warn_after: time(given.warn_after),
    error_after: time(given.error_after),
    filter: given.filter ?? null,
  };
}

function time(value: Data | undefined): Data {
  if (value === undefined) return EMPTY;
  return isDataMap(value) ? { count: value.count ?? null, period: value.period ?? null } : null;
}

function over(below: DataMap, above: DataMap): DataMap {
  return {
    warn_after: overTime(below.warn_after ?? null, above.warn_after ?? null),
    error_after: overTime(below.error_after ?? null, above.error_after ?? null),
    filter: above.filter ?? below.filter ?? null,
  };
}

function overTime(below: Data, above: Data): Data {
  if (above === null) return null;
  if (!isDataMap(above)) return below;
  if (!isDataMap(below) || !isSetTime(below)) return isSetTime(above) ? above : below;
  if (!isSetTime(above)) return below;
  return { count: above.count ?? below.count ?? null, period: above.period ?? below.period ?? null };
}

function isSet(value: DataMap): boolean {
  return isSetTime(value.warn_after ?? null) || isSetTime(value.error_after ?? null);
}

function isSetTime(value: Data): boolean {
  return isDataMap(value) && (value.count ?? null) !== null && (value.period ?? null) !== null;
}
