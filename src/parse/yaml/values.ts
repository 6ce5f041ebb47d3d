import { type Data, type DataMap, isDataMap } from '../../util/data.ts';

// Reading plain YAML values with a default. What is of a wrong type was refused before (`schema-file.ts`).

export function textOr(value: Data | undefined, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

export function textOrNull(value: Data | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

export function flagOrNull(value: Data | undefined): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

export function mapOr(value: Data | undefined): DataMap {
  return isDataMap(value) ? value : {};
}

/** The maps of a list; anything else in it is left out. */
export function maps(value: Data | undefined): readonly DataMap[] {
  return Array.isArray(value) ? value.filter(isDataMap) : [];
}

/** Tags, given as one or as a list. */
export function tagsOf(value: Data | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((tag) => typeof tag === 'string') : [];
}
