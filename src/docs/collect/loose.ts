/** Artifacts may be older, newer or broken: what is not what it should be reads as empty, and the page goes on. */
export type Loose = Readonly<Record<string, unknown>>;

const NOTHING: Loose = {};
const NO_ITEMS: readonly unknown[] = [];

export function record(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : NOTHING;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NO_ITEMS;
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? `${value}` : '';
}

export function texts(value: unknown): string[] {
  const found = list(value);
  return found.length === 0 ? [] : found.map(text).filter(Boolean);
}

export function number(value: unknown): number | null {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : null;
}

/** A value of a configuration, as one would write it. */
export function written(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined
    ? ''
    : JSON.stringify(value, null, typeof value === 'object' ? 1 : 0).replace(/\n\s*/g, ' ');
}
