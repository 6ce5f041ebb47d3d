import { compareValues, type Value } from '../../jinja/index.ts';

/** Sorted by Python's `<`; none comes last, as agate has it. */
export function sortedValues(values: readonly Value[]): Value[] {
  return [...values].sort(byValue);
}

export function byValue(a: Value, b: Value): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareValues(a, b);
}
