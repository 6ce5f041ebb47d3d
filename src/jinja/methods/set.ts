import { JinjaError } from '../errors.ts';
import { iterate } from '../ops/iterate.ts';
import { repr } from '../ops/text.ts';
import type { Value } from '../values/object.ts';
import { PySet } from '../values/set.ts';
import { type Arities, checkedTable, each, type MethodTable, methodTable } from './arguments.ts';

const others = (args: readonly Value[]): PySet[] => args.map((arg) => new PySet(iterate(arg)));

const union = (self: Iterable<Value>, args: readonly Value[]) => {
  const result = new PySet(self);
  for (const arg of args) for (const item of iterate(arg)) result.add(item);
  return result;
};
const intersection = (self: Iterable<Value>, args: readonly Value[]) => {
  const sets = others(args);
  return new PySet([...self].filter((item) => sets.every((set) => set.has(item))));
};
const difference = (self: Iterable<Value>, args: readonly Value[]) => {
  const sets = others(args);
  return new PySet([...self].filter((item) => !sets.some((set) => set.has(item))));
};

const symmetricDifference = (self: PySet, args: readonly Value[]) => {
  const [other = new PySet()] = others(args);
  return new PySet([...difference(self, args), ...[...other].filter((item) => !self.has(item))]);
};
const isDisjoint = (self: Iterable<Value>, args: readonly Value[]): boolean => {
  const own = new PySet(self);
  return ![...iterate(args[0])].some((item) => own.has(item));
};

function replace(self: PySet, items: PySet): null {
  self.clear();
  for (const item of items) self.add(item);
  return null;
}

const ARITIES: Arities = {
  ...each('clear copy pop', 0, 0),
  ...each('add discard remove issubset issuperset isdisjoint symmetric_difference symmetric_difference_update', 1, 1),
  ...each('update union intersection difference intersection_update difference_update', 0, Number.POSITIVE_INFINITY),
};

export const SET_METHODS = checkedTable('set', ARITIES, {
  add: (self: PySet, args) => {
    self.add(args[0]);
    return null;
  },
  discard: (self: PySet, args) => {
    self.delete(args[0]);
    return null;
  },
  remove: (self: PySet, args) => {
    if (!self.delete(args[0])) throw new JinjaError('KeyError', repr(args[0]));
    return null;
  },
  pop: (self: PySet) => {
    for (const item of self) {
      self.delete(item);
      return item;
    }
    throw new JinjaError('KeyError', "'pop from an empty set'");
  },
  clear: (self: PySet) => {
    self.clear();
    return null;
  },
  copy: (self: PySet) => new PySet(self),
  update: (self: PySet, args) => replace(self, union(self, args)),
  union,
  intersection,
  difference,
  symmetric_difference: symmetricDifference,
  symmetric_difference_update: (self: PySet, args) => replace(self, symmetricDifference(self, args)),
  intersection_update: (self: PySet, args) => replace(self, intersection(self, args)),
  difference_update: (self: PySet, args) => replace(self, difference(self, args)),
  issubset: (self: PySet, args) => {
    const [other] = others(args);
    return [...self].every((item) => other!.has(item));
  },
  issuperset: (self: PySet, args) => [...iterate(args[0])].every((item) => self.has(item)),
  isdisjoint: isDisjoint,
});

/** Of `dict.keys()` and `dict.items()`. */
export const VIEW_METHODS: MethodTable = methodTable({ isdisjoint: isDisjoint });
