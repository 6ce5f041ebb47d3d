import {
  callValue,
  countStep,
  hostFunction,
  iterate,
  PyFloat,
  PyIterator,
  type Step,
  truth,
  tuple,
  typeName,
  Undefined,
  type Value,
} from '../../jinja/index.ts';

import { LazyObject } from '../lazy-object.ts';
import { pyFunction, pyTypeError, pyValueError } from '../py-function.ts';
import { arrange, choose, chooseWithRepeats, product } from './combinations.ts';
import { plus } from './plus.ts';

const iterator = (name: string, source: Iterable<Value>): PyIterator => new PyIterator(`itertools.${name}`, source);

const MEMBERS: Readonly<Record<string, () => Value>> = {
  count: () =>
    pyFunction('count', ['start?', 'step?'], (start = 0, step = 1) => {
      for (const value of [start, step]) if (!isNumber(value)) throw pyTypeError('a number is required');
      return iterator('count', counted(start, step));
    }),
  cycle: () => pyFunction('cycle', ['iterable'], (items) => iterator('cycle', cycled([...iterate(items)]))),
  repeat: () =>
    pyFunction('repeat', ['object', 'times?'], (item, times = null) => iterator('repeat', repeated(item, times))),
  accumulate: () => pyFunction('accumulate', ['iterable', 'func?', 'initial?'], accumulate),
  chain: () => hostFunction('chain', (args) => iterator('chain', chained(args))),
  compress: () =>
    pyFunction('compress', ['data', 'selectors'], (data, selectors) => {
      const chosen = [...iterate(selectors)];
      return iterator(
        'compress',
        [...iterate(data)].filter((_, i) => i < chosen.length && truth(chosen[i])),
      );
    }),
  islice: () => hostFunction('islice', (args) => iterator('islice', sliced(args))),
  starmap: () => pyFunction('starmap', ['function', 'iterable'], starmap),
  tee: () =>
    pyFunction('tee', ['iterable', 'n?'], (items, n = 2) => {
      const all = [...iterate(items)];
      return tuple(Array.from({ length: n }, () => iterator('_tee', all)));
    }),
  zip_longest: () =>
    hostFunction('zip_longest', (args, kwargs) =>
      iterator('zip_longest', zipLongest(args, kwargs.get('fillvalue') ?? null)),
    ),
  product: () =>
    hostFunction('product', (args, kwargs) => {
      const pools = args.map((pool) => [...iterate(pool)]);
      const times = Number(kwargs.get('repeat') ?? 1);
      return iterator('product', product(Array.from({ length: times }, () => pools).flat()));
    }),
  permutations: () =>
    pyFunction('permutations', ['iterable', 'r?'], (items, r = null) => {
      const pool = [...iterate(items)];
      return iterator('permutations', arrange(pool, r === null ? pool.length : sizeOf(r)));
    }),
  combinations: () =>
    pyFunction('combinations', ['iterable', 'r'], (items, r) =>
      iterator('combinations', choose([...iterate(items)], sizeOf(r))),
    ),
  combinations_with_replacement: () =>
    pyFunction('combinations_with_replacement', ['iterable', 'r'], (items, r) =>
      iterator('combinations_with_replacement', chooseWithRepeats([...iterate(items)], sizeOf(r))),
    ),
};

/** `modules.itertools`, as far as dbt gives it to templates. */
export function itertoolsModule(): Value {
  return new LazyObject(
    'dict',
    (name) => (Object.hasOwn(MEMBERS, name) ? MEMBERS[name]?.() : undefined),
    () => Object.keys(MEMBERS),
  );
}

/** What Python can ask for a number; an undefined value refuses only when it is asked. */
function isNumber(value: Value): boolean {
  if (value instanceof PyFloat || value instanceof Undefined) return true;
  return ['number', 'bigint', 'boolean'].includes(typeof value);
}

function sizeOf(r: Value): number {
  if (typeof r !== 'number' && typeof r !== 'boolean') {
    throw pyTypeError(`'${typeName(r)}' object cannot be interpreted as an integer`);
  }
  if (Number(r) < 0) throw pyValueError('r must be non-negative');
  return Number(r);
}

function* counted(start: Value, step: Value): Generator<Value> {
  for (let value = start; ; value = plus(value, step)) {
    countStep();
    yield value;
  }
}

function* cycled(items: readonly Value[]): Generator<Value> {
  while (items.length > 0) {
    countStep();
    yield* items;
  }
}

function* repeated(item: Value, times: number | null): Generator<Value> {
  for (let i = 0; times === null || i < times; i++) {
    countStep();
    yield item;
  }
}

function* chained(iterables: readonly Value[]): Generator<Value> {
  for (const iterable of iterables) yield* iterate(iterable);
}

function* accumulate(items: Value, func: Value = null, initial: Value = null): Step<PyIterator> {
  const totals: Value[] = initial === null ? [] : [initial];
  for (const item of iterate(items)) {
    const last = totals.at(-1);
    totals.push(last === undefined ? item : func === null ? plus(last, item) : yield* callValue(func, [last, item]));
  }
  return iterator('accumulate', totals);
}

function* starmap(func: Value, items: Value): Step<PyIterator> {
  const results: Value[] = [];
  for (const args of iterate(items)) results.push(yield* callValue(func, [...iterate(args)]));
  return iterator('starmap', results);
}

/** `islice(iterable, stop)` or `islice(iterable, start, stop[, step])` */
function sliced(args: readonly Value[]): Generator<Value> {
  if (args.length < 2 || args.length > 4) {
    const [word, count] = args.length < 2 ? ['at least', 2] : ['at most', 4];
    throw pyTypeError(`islice expected ${word} ${count} arguments, got ${args.length}`);
  }
  const [items, first = null, second = null, third = null] = args;
  const [start, stop] = args.length < 3 ? [null, first] : [first, second];
  const range = '0 <= x <= sys.maxsize.';
  if (!isIndex(stop) && !(typeof stop === 'number' && stop < -1))
    throw pyValueError(`Stop argument for islice() must be None or an integer: ${range}`);
  if (!isIndex(start) || !isIndex(stop))
    throw pyValueError(`Indices for islice() must be None or an integer: ${range}`);
  if (!isIndex(third) || third === 0) throw pyValueError('Step for islice() must be a positive integer or None.');
  return slice(iterate(items), Number(start ?? 0), stop === null ? null : Number(stop), Number(third ?? 1));
}

const isIndex = (value: Value): boolean =>
  value === null || ((typeof value === 'number' || typeof value === 'boolean') && Number(value) >= 0);

function* slice(items: Iterable<Value>, start: number, stop: number | null, step: number): Generator<Value> {
  let at = 0;
  if (stop !== null && stop <= start) return;
  for (const item of items) {
    if (at >= start && (at - start) % step === 0) yield item;
    at++;
    if (stop !== null && at >= stop) return;
  }
}

function zipLongest(iterables: readonly Value[], fill: Value): Value[] {
  const columns = iterables.map((iterable) => [...iterate(iterable)]);
  const length = Math.max(0, ...columns.map((column) => column.length));
  return Array.from({ length }, (_, i) => tuple(columns.map((column) => (i < column.length ? column[i] : fill))));
}
