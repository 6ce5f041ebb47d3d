import { JinjaError, typeError } from '../errors.ts';
import { escapeValue } from '../methods/markup.ts';
import { sortValues } from '../methods/sort.ts';
import { equals } from '../ops/equality.ts';
import { hashKey } from '../ops/hash.ts';
import { iterable, iterate, length } from '../ops/iterate.ts';
import { add, checkLength } from '../ops/operators.ts';
import { ordered } from '../ops/order.ts';
import { str } from '../ops/text.ts';
import { truth } from '../ops/truth.ts';
import { isString, requireInt, textOf, typeName } from '../ops/types.ts';
import type { Run } from '../runtime/facts.ts';
import { Dict } from '../values/dict.ts';
import { DictView, PyIterator } from '../values/iterator.ts';
import { Markup, textLike } from '../values/markup.ts';
import { PyObject, type Value } from '../values/object.ts';
import { PyRange } from '../values/range.ts';
import { namedTuple, Tuple, type TupleType, tuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import { attributeReader, attributesReader, ignoreCase, noAttribute } from './attributes.ts';
import { type FilterEntry, filter } from './table.ts';

const undefinedOf = (context: Run, hint: string): Undefined => new Undefined(context.env.undefinedKind, { hint });
const caseOf = (sensitive: Value) => (truth(sensitive ?? false) ? (value: Value) => value : ignoreCase);

/** Python's reversed(), or undefined where there is none. */
function reversed(value: Value): Iterable<Value> | undefined {
  if (Array.isArray(value)) return [...value].reverse();
  if (value instanceof Undefined) return iterate(value);
  if (isString(value)) return [...textOf(value)].reverse().map((char) => textLike(value, char));
  if (value instanceof Dict || value instanceof DictView || value instanceof PyRange)
    return [...iterate(value)].reverse();
  if (value instanceof PyObject && value.pyLen !== undefined) return [...iterate(value)].reverse();
  return undefined;
}

function first(context: Run, value: Value): Value {
  for (const item of iterate(value)) return item;
  return undefinedOf(context, 'No first item, sequence was empty.');
}

function last(context: Run, value: Value): Value {
  if (value instanceof Undefined)
    return first(context, value) && undefinedOf(context, 'No last item, sequence was empty.');
  const items = reversed(value);
  if (items === undefined) throw typeError(`'${typeName(value)}' object is not reversible`);
  for (const item of items) return item;
  return undefinedOf(context, 'No last item, sequence was empty.');
}

function extreme(better: '<' | '>') {
  return (context: Run, value: Value, caseSensitive: Value, attribute: Value): Value => {
    const key = attributeReader(context, attribute, caseOf(caseSensitive));
    let best: Value;
    let bestKey: Value;
    let found = false;
    for (const item of iterate(value)) {
      const itemKey = key(item);
      if (!found || truth(ordered(better, itemKey, bestKey))) {
        best = item;
        bestKey = itemKey;
      }
      found = true;
    }
    return found ? best : undefinedOf(context, 'No aggregated item, sequence was empty.');
  };
}

function join(context: Run, value: Value, separator: Value = '', attribute?: Value): Value {
  const read = attributeReader(context, attribute);
  if (!context.autoescape) {
    const between = str(separator);
    return Array.from(iterate(value), (item) => str(read(item))).join(between);
  }
  const items = Array.from(iterate(value), read);
  if (!(separator instanceof Markup) && !items.some((item) => item instanceof Markup)) {
    return items.map(str).join(str(separator));
  }
  return new Markup(items.map((item) => escapeValue(item).value).join(escapeValue(separator).value));
}

function* unique(items: Value, key: (value: Value) => Value): Generator<Value> {
  const seen = new Set<unknown>();
  for (const item of iterate(items)) {
    const hash = hashKey(key(item));
    if (seen.has(hash)) continue;
    seen.add(hash);
    yield item;
  }
}

function* batch(value: Value, size: Value, fill: Value): Generator<Value[]> {
  let row: Value[] = [];
  for (const item of iterate(value)) {
    if (equals(row.length, size)) {
      yield row;
      row = [];
    }
    row.push(item);
  }
  if (row.length === 0) return;
  if (fill !== undefined && fill !== null) {
    checkLength(Number(size));
    while (row.length < Number(size)) row.push(fill);
  }
  yield row;
}

function* slices(value: Value, given: Value, fill: Value): Generator<Value[]> {
  const items = [...iterate(value)];
  const count = requireInt(given);
  if (count === 0) throw new JinjaError('ZeroDivisionError', 'integer division or modulo by zero');
  checkLength(count);
  const each = Math.floor(items.length / count);
  const extra = items.length % count;
  let at = 0;
  for (let i = 0; i < count; i++) {
    const size = each + (i < extra ? 1 : 0);
    const part = items.slice(at, at + size);
    at += size;
    if (fill !== undefined && fill !== null && i >= extra) part.push(fill);
    yield part;
  }
}

const GROUP: TupleType = { name: '_GroupTuple', module: 'jinja2.filters', names: ['grouper', 'list'], shown: false };

function groupBy(context: Run, value: Value, attribute: Value, fallback: Value, caseSensitive: Value): Value {
  const key = attributeReader(context, attribute, caseOf(caseSensitive), fallback);
  const groups: { key: Value; items: Value[] }[] = [];
  for (const item of sortValues([...iterate(value)], key, false)) {
    const itemKey = key(item);
    const open = groups.at(-1);
    if (open !== undefined && equals(open.key, itemKey)) open.items.push(item);
    else groups.push({ key: itemKey, items: [item] });
  }
  const shown = attributeReader(context, attribute, undefined, fallback);
  return groups.map(({ items }) => namedTuple(GROUP, [shown(items[0]), items]));
}

function sum(context: Run, value: Value, attribute: Value, start: Value = 0): Value {
  if (isString(start)) throw typeError("sum() can't sum strings [use ''.join(seq) instead]");
  const read = attributeReader(context, attribute);
  let total = start;
  for (const item of iterate(value)) total = add(total, read(item));
  return total;
}

function reverseName(value: Value): string {
  if (value instanceof Dict) return 'dict_reversekeyiterator';
  if (value instanceof DictView) return `dict_reverse${value.kind.slice(0, -1)}iterator`;
  if (value instanceof PyRange) return 'range_iterator';
  return Array.isArray(value) && !(value instanceof Tuple) ? 'list_reverseiterator' : 'reversed';
}

function notIterable(): JinjaError {
  return new JinjaError('FilterArgumentError', 'argument must be iterable');
}

function reverse(_context: Run, value: Value): Value {
  if (isString(value)) {
    const text = [...textOf(value)].reverse().join('');
    return value instanceof Markup ? new Markup(text) : text;
  }
  const items = reversed(value) ?? iterable(value);
  if (items === undefined) throw notIterable();
  if (reversed(value)) return new PyIterator(reverseName(value), items);
  try {
    return [...items].reverse();
  } catch (error) {
    throw error instanceof JinjaError && error.isA('TypeError') ? notIterable() : error;
  }
}

function sortDict(
  _context: Run,
  value: Value,
  caseSensitive: Value,
  by: Value = 'key',
  descending: Value = false,
): Value {
  if (by !== 'key' && by !== 'value') {
    throw new JinjaError('FilterArgumentError', 'You can only sort by either "key" or "value"');
  }
  if (!(value instanceof Dict)) throw noAttribute(value, 'items');
  const at = by === 'key' ? 0 : 1;
  const fold = caseOf(caseSensitive);
  return sortValues([...value.entries()].map(tuple), (pair) => fold(pair[at]), truth(descending));
}

function* itemsOf(value: Value): Generator<Value> {
  if (value instanceof Undefined) return;
  if (!(value instanceof Dict)) throw typeError('Can only get item pairs from a mapping.');
  for (const entry of value.entries()) yield tuple(entry);
}

function random(context: Run, value: Value): Value {
  const size = length(value);
  if (size === 0) return undefinedOf(context, 'No random item, sequence was empty.');
  const at = Math.floor(Math.random() * size);
  if (!(value instanceof Dict)) return [...iterate(value)][at];
  // Python asks a dict for the item under that number.
  const found = value.get(at);
  if (found === undefined) throw new JinjaError('KeyError', String(at));
  return found;
}

const generator = (name: string, items: Iterable<Value>): PyIterator => new PyIterator('generator', items, name);
const len = (_context: Run, value: Value): number => length(value);

export const SEQUENCE_FILTERS: Readonly<Record<string, FilterEntry>> = {
  first: filter('sync_do_first', '', first),
  last: filter('do_last', '', last),
  min: filter('do_min', 'case_sensitive= attribute=', extreme('<')),
  max: filter('do_max', 'case_sensitive= attribute=', extreme('>')),
  length: filter('len', '', len),
  count: filter('len', '', len),
  list: filter('sync_do_list', '', (_context, value) => [...iterate(value)]),
  join: filter('sync_do_join', 'd= attribute=', join),
  sort: filter(
    'do_sort',
    'reverse= case_sensitive= attribute=',
    (context, value, descending = false, caseSensitive, attribute) =>
      sortValues(
        [...iterate(value)],
        attributesReader(context, attribute, caseOf(caseSensitive)),
        requireInt(descending) !== 0,
      ),
  ),
  unique: filter('sync_do_unique', 'case_sensitive= attribute=', (context, value, caseSensitive, attribute) =>
    generator('sync_do_unique', unique(value, attributeReader(context, attribute, caseOf(caseSensitive)))),
  ),
  batch: filter('do_batch', 'linecount fill_with=', (_context, value, size, fill) =>
    generator('do_batch', batch(value, size, fill)),
  ),
  slice: filter('sync_do_slice', 'slices fill_with=', (_context, value, count, fill) =>
    generator('sync_do_slice', slices(value, count, fill)),
  ),
  groupby: filter('sync_do_groupby', 'attribute default= case_sensitive=', groupBy),
  sum: filter('sync_do_sum', 'attribute= start=', sum),
  reverse: filter('do_reverse', '', reverse),
  dictsort: filter('do_dictsort', 'case_sensitive= by= reverse=', sortDict),
  items: filter('do_items', '', (_context, value) => generator('do_items', itemsOf(value))),
  random: filter('do_random', '', random, true),
};
