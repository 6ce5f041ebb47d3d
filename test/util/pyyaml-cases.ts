import { readFileSync } from 'node:fs';
import { PlainDate, WholeFloat } from '../../src/util/data.ts';

/** Each text with what PyYAML 6.0.3's CSafeLoader, which dbt uses, made of it. */
export const cases = JSON.parse(readFileSync(new URL('./fixtures/pyyaml.json', import.meta.url), 'utf8')) as [
  string,
  unknown,
][];

/** Texts that the package `yaml` takes otherwise; nobody writes them. */
export const DIFFERENT: ReadonlySet<string> = new Set([
  'a: "\\uD83D\\uDE00"\n', // Surrogates as escapes: refused by libyaml.
  'a: "\\\n"\n', // An escaped line break right before the end.
  '...\n', // An end without a beginning: refused by libyaml.
  'a: [b]: c\n', // A collection as key on the line of another key: refused by libyaml.
  'a: {b}: c\n',
  'a: |# c\n  b\n', // A comment without a space before it: taken by libyaml.
]);

/** The fixture's notation for values that JSON lacks; maps as lists of pairs, so that the order counts. */
export function encode(value: unknown): unknown {
  if (typeof value === 'bigint') return { $int: String(value) };
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return { $float: String(value).toLowerCase().replace('infinity', 'inf') };
  }
  if (value instanceof WholeFloat) return { $float: `${Object.is(value.value, -0) ? '-0' : value.value}.0` };
  if (value instanceof PlainDate) return { [`$${value.kind}`]: value.iso };
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value === 'object' && value !== null) {
    return { $map: Object.entries(value).map(([key, item]) => [key, encode(item)]) };
  }
  return Object.is(value, -0) ? 0 : value;
}
