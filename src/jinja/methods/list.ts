import { JinjaError, typeError, valueError } from '../errors.ts';
import { equals, same } from '../ops/equality.ts';
import { iterate } from '../ops/iterate.ts';
import { compareValues } from '../ops/order.ts';
import { repr } from '../ops/text.ts';
import { truth } from '../ops/truth.ts';
import { requireInt, typeName } from '../ops/types.ts';
import { isStep, runSync } from '../step.ts';
import { HostFunction, type Value } from '../values/object.ts';
import { methodTable, positional } from './arguments.ts';

function index(self: Iterable<Value>, args: readonly Value[], kind: string): number {
  const items = [...self];
  const clamp = (value: Value, fallback: number) => {
    if (value === undefined) return fallback;
    return value < 0 ? Math.max(0, Number(value) + items.length) : Number(value);
  };
  const end = Math.min(items.length, clamp(args[2], items.length));
  for (let i = clamp(args[1], 0); i < end; i++) if (same(items[i], args[0])) return i;
  throw valueError(kind === 'tuple' ? 'tuple.index(x): x not in tuple' : `${repr(args[0])} is not in ${kind}`);
}

const count = (self: Iterable<Value>, args: readonly Value[]): number =>
  [...self].filter((item) => same(item, args[0])).length;

/** Python's sort: stable, by `<`, with reverse keeping the order of equals. */
export function sortValues<T>(items: readonly T[], key: (item: T) => Value, reverse: boolean): T[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  if (keyed.length === 1) return [...items];
  keyed.sort((a, b) => (reverse ? compareValues(b.key, a.key) : compareValues(a.key, b.key)));
  return keyed.map(({ item }) => item);
}

function sortKey(key: Value, item: Value): Value {
  const result = key instanceof HostFunction ? key.call([item], new Map()) : key.pyCall?.([item], new Map());
  if (result === undefined) throw typeError(`'${typeName(key)}' object is not callable`);
  return isStep(result) ? runSync(result) : result;
}

/** What tuples and ranges have. */
export const SEQUENCE_METHODS = methodTable({
  index: (self, args, kwargs) => {
    positional('index', 1, 3, args, kwargs);
    return index(self, args, Array.isArray(self) ? 'tuple' : 'range');
  },
  count: (self, args, kwargs) => {
    positional('count', 1, 1, args, kwargs);
    return count(self, args);
  },
});

export const LIST_METHODS = methodTable({
  index: (self, args, kwargs) => {
    positional('index', 1, 3, args, kwargs);
    return index(self, args, 'list');
  },
  count: SEQUENCE_METHODS['count']!,
  append: (self: Value[], args, kwargs) => {
    positional('list.append', 1, 1, args, kwargs);
    self.push(args[0]);
    return null;
  },
  extend: (self: Value[], args, kwargs) => {
    positional('list.extend', 1, 1, args, kwargs);
    for (const item of args[0] === self ? [...self] : iterate(args[0])) self.push(item);
    return null;
  },
  insert: (self: Value[], args, kwargs) => {
    positional('insert', 2, 2, args, kwargs);
    const at = requireInt(args[0]);
    self.splice(at < 0 ? Math.max(0, at + self.length) : at, 0, args[1]);
    return null;
  },
  pop: (self: Value[], args, kwargs) => {
    positional('pop', 0, 1, args, kwargs);
    const given = args[0] === undefined ? -1 : requireInt(args[0]);
    if (self.length === 0) throw new JinjaError('IndexError', 'pop from empty list');
    const at = given < 0 ? given + self.length : given;
    if (at < 0 || at >= self.length) throw new JinjaError('IndexError', 'pop index out of range');
    return self.splice(at, 1)[0];
  },
  remove: (self: Value[], args, kwargs) => {
    positional('list.remove', 1, 1, args, kwargs);
    const at = self.findIndex((item) => equals(item, args[0]));
    if (at < 0) throw valueError('list.remove(x): x not in list');
    self.splice(at, 1);
    return null;
  },
  reverse: (self: Value[]) => {
    self.reverse();
    return null;
  },
  sort: (self: Value[], args, kwargs) => {
    if (args.length > 0) throw typeError('sort() takes no positional arguments');
    const key = kwargs.get('key') ?? null;
    const keyOf = key === null ? (item: Value) => item : (item: Value) => sortKey(key, item);
    const sorted = sortValues(self, keyOf, truth(kwargs.get('reverse') ?? false));
    self.splice(0, self.length, ...sorted);
    return null;
  },
  copy: (self: Value[]) => [...self],
  clear: (self: Value[]) => {
    self.length = 0;
    return null;
  },
});
