import {
  Dict,
  hostFunction,
  iterate,
  JinjaError,
  PyIterator,
  PySet,
  type Tuple,
  tuple,
  type Value,
} from '../../jinja/index.ts';
import { compilationProblem } from '../problem.ts';
import { pyFunction } from '../py-function.ts';

/** `set`, `set_strict`, `zip`, `zip_strict`: the plain ones give a default where a value cannot be iterated. */
export const setWord: Value = pyFunction('set', ['value', 'default?'], (value, otherwise = null) =>
  orElse(() => new PySet(iterate(value)), otherwise),
);

export const setStrictWord: Value = pyFunction('set_strict', ['value'], (value) =>
  orProblem(() => new PySet(iterate(value))),
);

export const zipWord: Value = hostFunction('zip', (args, kwargs) =>
  orElse(() => zip(args), kwargs.get('default') ?? null),
);

export const zipStrictWord: Value = hostFunction('zip_strict', (args) => orProblem(() => zip(args)));

/** `diff_of_two_dicts`: dict_a without what dict_b holds, comparing keys and items whatever their case. */
export const diffOfTwoDicts: Value = pyFunction('diff_of_two_dicts', ['dict_a', 'dict_b'], (a: Dict, b: Dict) => {
  const lowered = new Map<string, Set<string>>();
  for (const [key, items] of b.entries()) lowered.set(fold(key), new Set([...iterate(items)].map(fold)));
  const diff = new Dict();
  for (const [key, items] of a.entries()) {
    const known = lowered.get(fold(key));
    const left = known ? [...iterate(items)].filter((item) => !known.has(fold(item))) : items;
    if (!known || left.length > 0) diff.set(key, left);
  }
  return diff;
});

function fold(text: string): string {
  return text.toLowerCase();
}

function zip(iterables: readonly Value[]): PyIterator {
  const sources = iterables.map((iterable) => [...iterate(iterable)]);
  const length = sources.length === 0 ? 0 : Math.min(...sources.map((source) => source.length));
  const rows: Tuple[] = Array.from({ length }, (_, i) => tuple(sources.map((source) => source[i])));
  return new PyIterator('zip', rows);
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
