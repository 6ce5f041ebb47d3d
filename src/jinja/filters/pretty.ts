import { repr } from '../ops/text.ts';
import type { Value } from '../values/object.ts';

/** The `pprint` filter. */
export function prettyPrint(value: Value): string {
  return repr(value);
}
