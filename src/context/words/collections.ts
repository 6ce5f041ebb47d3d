import {
  Dict,
  hostFunction,
  iterate,
  JinjaError,
  noAttribute,
  PyIterator,
  PySet,
  requireText,
  type Tuple,
  tuple,
  type Value,
} from '../../jinja/index.ts';
import { compilationProblem } from '../problem.ts';
import { pyFunction } from '../py-function.ts';

/** `set`, `set_strict`, `zip`, `zip_strict`: the plain ones give a default where a value cannot be iterated. */
export const setWord: Value = pyFunction('BaseContext._set', ['value', 'default?'], (value, otherwise = null) =>
  orElse(() => new PySet(iterate(value)), otherwise),
);

export const setStrictWord: Value = pyFunction('BaseContext.set_strict', ['value'], (value) =>
  orProblem(() => new PySet(iterate(value))),
);

export const zipWord: Value = hostFunction('BaseContext._zip', (args, kwargs) =>
  orElse(() => zip(args), kwargs.get('default') ?? null),
);

export const zipStrictWord: Value = hostFunction('BaseContext.zip_strict', (args) => orProblem(() => zip(args)));

/** `diff_of_two_dicts`: dict_a without what dict_b holds, comparing keys and items whatever their case. */
export const diffOfTwoDicts: Value = pyFunction(
  'BaseContext.diff_of_two_dicts',
  ['dict_a', 'dict_b'],
  (a: Dict, b: Dict) => {
    for (const dict of [b, a]) if (!(dict instanceof Dict)) throw noAttribute(dict, 'items');
    const lowered = new Map<string, Set<string>>();
    for (const [key, items] of b.entries()) lowered.set(fold(key), new Set([...iterate(items)].map(fold)));
    const diff = new Dict();
    for (const [key, items] of a.entries()) {
      const known = lowered.get(fold(key));
      const left = known ? [...iterate(items)].filter((item) => !known.has(fold(item))) : items;
      if (!known || left.length > 0) diff.set(key, left);
    }
    return diff;
  },
);

function fold(text: Value): string {
  return requireText(text, 'casefold').toLowerCase();
}

function zip(iterables: readonly Value[]): PyIterator {
  return new PyIterator('zip', zipped(iterables.map((iterable) => iterate(iterable)[Symbol.iterator]())));
}

function* zipped(sources: readonly Iterator<Value>[]): Generator<Tuple> {
  while (sources.length > 0) {
    const row: Value[] = [];
    for (const source of sources) {
      const next = source.next();
      if (next.done) return;
      row.push(next.value);
    }
    yield tuple(row);
  }
}

function orElse(make: () => Value, otherwise: Value): Value {
  try {
    return make();
  } catch (error) {
    if (error instanceof JinjaError && error.isA('TypeError')) return otherwise;
    throw error;
  }
}

function orProblem(make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    throw error instanceof JinjaError && error.isA('TypeError') ? compilationProblem(error.message) : error;
  }
}
