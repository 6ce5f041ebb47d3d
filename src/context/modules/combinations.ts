import { type Tuple, tuple, type Value } from '../../jinja/index.ts';

/** The orders of Python's itertools: lexicographic by position, elements as unique as their positions. */
export function* product(pools: readonly (readonly Value[])[], taken: readonly Value[] = []): Generator<Tuple> {
  const [pool, ...rest] = pools;
  if (!pool) yield tuple(taken);
  else for (const item of pool) yield* product(rest, [...taken, item]);
}

export function* choose(
  pool: readonly Value[],
  size: number,
  from = 0,
  taken: readonly Value[] = [],
): Generator<Tuple> {
  if (taken.length === size) yield tuple(taken);
  else for (let i = from; i < pool.length; i++) yield* choose(pool, size, i + 1, [...taken, pool[i]]);
}

export function* chooseWithRepeats(
  pool: readonly Value[],
  size: number,
  from = 0,
  taken: readonly Value[] = [],
): Generator<Tuple> {
  if (taken.length === size) yield tuple(taken);
  else for (let i = from; i < pool.length; i++) yield* chooseWithRepeats(pool, size, i, [...taken, pool[i]]);
}

export function* arrange(pool: readonly Value[], size: number, taken: readonly number[] = []): Generator<Tuple> {
  if (taken.length === size) yield tuple(taken.map((i) => pool[i]));
  else for (let i = 0; i < pool.length; i++) if (!taken.includes(i)) yield* arrange(pool, size, [...taken, i]);
}
