import { type Data, type DataMap, isDataMap, PlainDate } from '../../util/data.ts';

export type KeyPath = readonly (string | number)[];

/** Every text and date below `data` through `render`. Keys are never rendered. */
export function mapTexts(
  data: Data,
  render: (value: string | PlainDate, path: KeyPath) => Data,
  path: KeyPath = [],
): Data {
  if (typeof data === 'string' || data instanceof PlainDate) return render(data, path);
  if (Array.isArray(data)) return data.map((item: Data, index) => mapTexts(item, render, [...path, index]));
  if (!isDataMap(data)) return data;
  const entries = Object.entries(data).map(([key, value]) => [key, mapTexts(value, render, [...path, key])] as const);
  return Object.fromEntries(entries) as DataMap;
}

/** Every text below `data` with its path. */
export function* textsIn(data: Data, path: KeyPath = []): Generator<readonly [string, KeyPath]> {
  if (typeof data === 'string') yield [data, path];
  else if (Array.isArray(data)) for (const [index, item] of data.entries()) yield* textsIn(item, [...path, index]);
  else if (isDataMap(data)) for (const [key, item] of Object.entries(data)) yield* textsIn(item, [...path, key]);
}
