import { type Data, WholeFloat } from './data.ts';

/** What files of definitions share: a person writes them in YAML, a schema of zod reads them. */

const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  m: 60,
  min: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
};

/** Seconds of a duration such as `4 h`, `50 min`, `1000 s` or a bare number of seconds; undefined where it is none. */
export function parseDuration(value: string | number): number | undefined {
  if (typeof value === 'number') return value >= 0 ? value : undefined;
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(value.trim());
  const unit = match && UNITS[match[2]!.toLowerCase()];
  return unit ? Number(match[1]) * unit : undefined;
}

/** Paths of the YAML files below a folder, in order; a folder that is missing holds none. */
export async function yamlFilesIn(dir: string): Promise<string[]> {
  const { default: glob } = await import('fast-glob');
  return (await glob('**/*.{yml,yaml}', { cwd: dir })).sort();
}

/** Data for a schema: `1.0` is a number like any other here. */
export function plainNumbers(data: Data): unknown {
  if (data instanceof WholeFloat) return data.value;
  if (Array.isArray(data)) return data.map(plainNumbers);
  if (typeof data !== 'object' || data === null || data.constructor !== Object) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, plainNumbers(value)]));
}
