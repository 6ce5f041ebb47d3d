import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import { textOrNull } from '../yaml/values.ts';
import { GRAINS, invalid, oneOf, required, whereFilter } from './common.ts';

/** A measure that a metric is made of: its name alone, or with a filter and an alias. */
export function inputMeasure(value: Data | undefined, what: string): DataMap | null {
  if (value === undefined || value === null) return null;
  const data = isDataMap(value) ? value : { name: value };
  return {
    name: required(data, 'name', what),
    filter: whereFilter(data.filter),
    alias: textOrNull(data.alias),
    join_to_timespine: data.join_to_timespine === true,
    fill_nulls_with: data.fill_nulls_with ?? null,
  };
}

/** A metric that another metric is made of. */
export function inputMetric(value: Data | undefined, what: string): DataMap | null {
  if (value === undefined || value === null) return null;
  const data = isDataMap(value) ? value : { name: value };
  return {
    name: required(data, 'name', what),
    filter: whereFilter(data.filter),
    alias: textOrNull(data.alias),
    offset_window: timeWindow(data.offset_window),
    offset_to_grain: textOrNull(data.offset_to_grain),
  };
}

export function inputMetrics(value: Data | undefined, what: string): readonly Data[] {
  return Array.isArray(value) ? value.map((each: Data) => inputMetric(each, what)) : [];
}

/** `28 days` as count and grain. Throws TSD1101. */
export function timeWindow(value: Data | undefined): DataMap | null {
  if (value === undefined || value === null) return null;
  const text = String(value);
  const [count = '', grain, ...more] = text.toLowerCase().split(' ');
  if (grain === undefined || more.length > 0) {
    throw invalid(
      `Invalid window (${text}) in cumulative/conversion metric. Should be of the form \`<count> <granularity>\`, e.g., \`28 days\``,
    );
  }
  if (!/^\d+$/.test(count)) {
    throw invalid(`Invalid count (${count}) in cumulative/conversion metric window string: (${text})`);
  }
  const standard = grain.endsWith('s') && GRAINS.includes(grain.slice(0, -1));
  return { count: Number(count), granularity: standard ? grain.slice(0, -1) : grain };
}

export function periodAggregation(value: Data | undefined, what: string): string {
  return oneOf(value ?? 'first', ['first', 'last', 'average'], `${what}: period_agg`);
}

export function calculation(value: Data | undefined, what: string): string {
  return oneOf(value ?? 'conversion_rate', ['conversions', 'conversion_rate'], `${what}: calculation`);
}

export function constantProperties(value: Data | undefined): Data {
  if (!Array.isArray(value)) return null;
  return value.filter(isDataMap).map(({ base_property = null, conversion_property = null }) => ({
    base_property,
    conversion_property,
  }));
}
