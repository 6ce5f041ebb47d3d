import { typeError } from '../errors.ts';
import { ordered } from '../ops/order.ts';
import { truth } from '../ops/truth.ts';
import { isCallable, typeName } from '../ops/types.ts';
import { call, NO_KWARGS } from '../runtime/call.ts';
import { type Step, settle } from '../step.ts';
import type { Kwargs, Value } from '../values/object.ts';

interface Keyed<T> {
  readonly item: T;
  readonly key: Value;
}

/** Below this length Python sorts by insertion; whose comparison fails first depends on the order of comparisons. */
const SHORT = 64;

const less = (a: Keyed<unknown>, b: Keyed<unknown>): boolean => truth(ordered('<', a.key, b.key));

/** Python's sort: stable, by `<`, with reverse keeping the order of equals. */
export function sortValues<T>(items: readonly T[], key: (item: T) => Value, reverse: boolean): T[] {
  return sorted(
    items.map((item) => ({ item, key: key(item) })),
    reverse,
  );
}

function sorted<T>(keyed: Keyed<T>[], reverse: boolean): T[] {
  if (reverse) keyed.reverse();
  if (keyed.length < SHORT) sortShort(keyed);
  else keyed.sort((a, b) => (less(a, b) ? -1 : less(b, a) ? 1 : 0));
  if (reverse) keyed.reverse();
  return keyed.map(({ item }) => item);
}

/** A run that is in order already, then each further item put where it belongs. */
function sortShort<T>(keyed: Keyed<T>[]): void {
  const { length } = keyed;
  if (length < 2) return;
  const falling = less(keyed[1]!, keyed[0]!);
  let run = 2;
  while (run < length && less(keyed[run]!, keyed[run - 1]!) === falling) run++;
  if (falling) keyed.splice(0, run, ...keyed.slice(0, run).reverse());
  for (let at = run; at < length; at++) {
    const pivot = keyed[at]!;
    let [low, high] = [0, at];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (less(pivot, keyed[middle]!)) high = middle;
      else low = middle + 1;
    }
    keyed.copyWithin(low + 1, low, at);
    keyed[low] = pivot;
  }
}

/** `list.sort(key=…, reverse=…)`. The key may be a macro, which may have to wait. */
export function sortList(self: Value[], args: readonly Value[], kwargs: Kwargs): null | Step<null> {
  if (args.length > 0) throw typeError('sort() takes no positional arguments');
  for (const name of kwargs.keys()) {
    if (name !== 'key' && name !== 'reverse') throw typeError(`'${name}' is an invalid keyword argument for sort()`);
  }
  const key = kwargs.get('key') ?? null;
  const reverse = truth(kwargs.get('reverse') ?? false);
  if (key !== null) return sortByKey(self, key, reverse);
  self.splice(0, self.length, ...sortValues(self, (item) => item, reverse));
  return null;
}

function* sortByKey(self: Value[], key: Value, reverse: boolean): Step<null> {
  if (self.length > 0 && !isCallable(key)) throw typeError(`'${typeName(key)}' object is not callable`);
  const keyed: Keyed<Value>[] = [];
  for (const item of self) keyed.push({ item, key: yield* settle(call(key, [item], NO_KWARGS)) });
  self.splice(0, self.length, ...sorted(keyed, reverse));
  return null;
}
