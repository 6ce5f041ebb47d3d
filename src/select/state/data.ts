import { isDataMap, PlainDate, WholeFloat } from '../../util/data.ts';

/** A node of either manifest, by its fields: the earlier one may come from another version of dbt. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether two values mean the same in a manifest: what is absent is null, a float of whole value is that integer,
 * a date is its text, and the order of keys does not count.
 */
export function isSame(left: unknown, right: unknown): boolean {
  const [a, b] = [plain(left), plain(right)];
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => isSame(item, b[at]));
  }
  if (!isMap(a) || !isMap(b)) return a === b;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => isSame(a[key], b[key]));
}

export function haveSame(left: Fields, right: Fields, ...keys: readonly string[]): boolean {
  return keys.every((key) => isSame(left[key], right[key]));
}

/** A mapping below a node; empty where there is none. */
export function mapAt(fields: Fields | null | undefined, key: string): Fields {
  const value = fields?.[key];
  return isMap(value) ? value : {};
}

function plain(value: unknown): unknown {
  if (value instanceof WholeFloat) return value.value;
  if (value instanceof PlainDate) return value.iso;
  if (typeof value === 'bigint') return Number(value);
  return value ?? null;
}

function isMap(value: unknown): value is Fields {
  return isDataMap(value);
}
