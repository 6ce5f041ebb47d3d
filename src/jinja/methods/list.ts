import { JinjaError, valueError } from '../errors.ts';
import { equals, same } from '../ops/equality.ts';
import { iterate } from '../ops/iterate.ts';
import { checkLength, MAX_ITEMS } from '../ops/operators.ts';
import { repr } from '../ops/text.ts';
import { requireInt } from '../ops/types.ts';
import type { Value } from '../values/object.ts';
import { type Arities, checkedTable, each, type Method } from './arguments.ts';
import { sortList } from './sort.ts';

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

/** What tuples and ranges have. */
const SEQUENCE: Record<string, Method> = {
  index: (self, args) => index(self, args, Array.isArray(self) ? 'tuple' : 'range'),
  count,
};

export const TUPLE_METHODS = checkedTable('tuple', { index: [1, 3], count: [1, 1] }, SEQUENCE);
export const RANGE_METHODS = checkedTable('range', { index: [1, 1], count: [1, 1] }, SEQUENCE);

const LIST_ARITIES: Arities = {
  ...each('reverse copy clear', 0, 0),
  ...each('append extend remove count', 1, 1),
  insert: [2, 2],
  pop: [0, 1],
  index: [1, 3],
};

export const LIST_METHODS = checkedTable('list', LIST_ARITIES, {
  index: (self, args) => index(self, args, 'list'),
  count,
  append: (self: Value[], args) => {
    self.push(args[0]);
    return null;
  },
  extend: (self: Value[], args) => {
    for (const item of args[0] === self ? [...self] : iterate(args[0])) {
      self.push(item);
      if (self.length > MAX_ITEMS) checkLength(self.length);
    }
    return null;
  },
  insert: (self: Value[], args) => {
    const at = requireInt(args[0]);
    self.splice(at < 0 ? Math.max(0, at + self.length) : at, 0, args[1]);
    return null;
  },
  pop: (self: Value[], args) => {
    const given = args[0] === undefined ? -1 : requireInt(args[0]);
    if (self.length === 0) throw new JinjaError('IndexError', 'pop from empty list');
    const at = given < 0 ? given + self.length : given;
    if (at < 0 || at >= self.length) throw new JinjaError('IndexError', 'pop index out of range');
    return self.splice(at, 1)[0];
  },
  remove: (self: Value[], args) => {
    const at = self.findIndex((item) => equals(item, args[0]));
    if (at < 0) throw valueError('list.remove(x): x not in list');
    self.splice(at, 1);
    return null;
  },
  reverse: (self: Value[]) => {
    self.reverse();
    return null;
  },
  sort: sortList,
  copy: (self: Value[]) => [...self],
  clear: (self: Value[]) => {
    self.length = 0;
    return null;
  },
});
