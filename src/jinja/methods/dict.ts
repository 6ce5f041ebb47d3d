import { JinjaError, typeError, valueError } from '../errors.ts';
import { iterable, iterate } from '../ops/iterate.ts';
import { repr } from '../ops/text.ts';
import { typeName } from '../ops/types.ts';
import { Dict } from '../values/dict.ts';
import { DictView } from '../values/iterator.ts';
import type { Kwargs, Value } from '../values/object.ts';
import { tuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import { type Arities, checkedTable, each } from './arguments.ts';

function* pairs(dict: Dict): Generator<Value, undefined> {
  for (const entry of dict.entries()) yield tuple(entry);
}

/** Python's dict.update(): from a dict, from pairs, and from named arguments. */
export function update(dict: Dict, args: readonly Value[], kwargs: Kwargs): void {
  if (args.length > 1) throw typeError(`update expected at most 1 argument, got ${args.length}`);
  const source = args[0];
  if (source instanceof Undefined && source.kind !== 'parse') source.fail();
  if (source instanceof Dict) for (const [key, value] of [...source.entries()]) dict.set(key, value);
  else if (source !== undefined) updateFromPairs(dict, source);
  for (const [key, value] of kwargs) dict.set(key, value);
}

function updateFromPairs(dict: Dict, source: Value): void {
  let index = 0;
  for (const pair of iterate(source)) {
    const found = iterable(pair);
    if (found === undefined) {
      throw typeError(`cannot convert dictionary update sequence element #${index} to a sequence`);
    }
    const items = [...found];
    if (items.length !== 2) {
      throw valueError(`dictionary update sequence element #${index} has length ${items.length}; 2 is required`);
    }
    dict.set(items[0], items[1]);
    index++;
  }
}

const ARITIES: Arities = {
  ...each('keys values items copy clear popitem', 0, 0),
  ...each('get pop setdefault fromkeys', 1, 2),
};

export const DICT_METHODS = checkedTable('dict', ARITIES, {
  keys: (self: Dict) =>
    new DictView(
      'keys',
      () => self.size,
      () => self.keys(),
    ),
  values: (self: Dict) =>
    new DictView(
      'values',
      () => self.size,
      () => self.values(),
    ),
  items: (self: Dict) =>
    new DictView(
      'items',
      () => self.size,
      () => pairs(self),
    ),
  get: (self: Dict, args) => {
    const found = self.get(args[0]);
    return found === undefined ? (args[1] ?? null) : found;
  },
  update: (self: Dict, args, kwargs) => {
    update(self, args, kwargs);
    return null;
  },
  pop: (self: Dict, args) => {
    // An empty dict does not ask for the key's hash.
    const found = self.size === 0 ? undefined : self.get(args[0]);
    if (found === undefined) {
      if (args.length === 2) return args[1];
      throw new JinjaError('KeyError', repr(args[0]));
    }
    self.delete(args[0]);
    return found;
  },
  popitem: (self: Dict) => {
    const last = [...self.entries()].at(-1);
    if (last === undefined) throw new JinjaError('KeyError', "'popitem(): dictionary is empty'");
    self.delete(last[0]);
    return tuple(last);
  },
  setdefault: (self: Dict, args) => {
    if (!self.has(args[0])) self.set(args[0], args[1] ?? null);
    return self.get(args[0]);
  },
  copy: (self: Dict) => new Dict(self.entries()),
  clear: (self: Dict) => {
    self.clear();
    return null;
  },
  fromkeys: (_self, [keys, value = null]) => new Dict([...iterate(keys)].map((key) => [key, value] as const)),
});

/** The `dict` of templates. */
export function makeDict(args: readonly Value[], kwargs: Kwargs): Dict {
  if (args.length > 1) throw typeError(`dict expected at most 1 argument, got ${args.length}`);
  const source = args[0];
  if (source !== undefined && !(source instanceof Dict) && iterable(source) === undefined) {
    throw typeError(`'${typeName(source)}' object is not iterable`);
  }
  const dict = new Dict();
  update(dict, args, kwargs);
  return dict;
}
