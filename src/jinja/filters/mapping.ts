import { JinjaError } from '../errors.ts';
import { iterate } from '../ops/iterate.ts';
import { truth } from '../ops/truth.ts';
import type { Run } from '../runtime/facts.ts';
import { PyIterator } from '../values/iterator.ts';
import type { Kwargs, Value } from '../values/object.ts';
import { attributeReader } from './attributes.ts';
import { type FilterEntry, openFilter } from './table.ts';

function mapper(context: Run, args: readonly Value[], kwargs: Kwargs): (value: Value) => Value {
  if (args.length === 0 && kwargs.has('attribute')) {
    const unexpected = [...kwargs.keys()].find((key) => key !== 'attribute' && key !== 'default');
    if (unexpected !== undefined) {
      throw new JinjaError('FilterArgumentError', `Unexpected keyword argument '${unexpected}'`);
    }
    return attributeReader(context, kwargs.get('attribute'), undefined, kwargs.get('default'));
  }
  const [name, ...rest] = args;
  if (name === undefined) throw new JinjaError('FilterArgumentError', 'map requires a filter argument');
  return (value) => context.env.applyFilter(context, name, value, rest, kwargs);
}

/** `map` is lazy, as in Python: arguments are looked at when the first item is asked for. */
function* map(context: Run, value: Value, args: readonly Value[], kwargs: Kwargs): Generator<Value> {
  if (!truth(value)) return;
  const apply = mapper(context, args, kwargs);
  for (const item of iterate(value)) yield apply(item);
}

function* select(
  context: Run,
  value: Value,
  args: readonly Value[],
  kwargs: Kwargs,
  wanted: boolean,
  byAttribute: boolean,
): Generator<Value> {
  if (!truth(value)) return;
  if (byAttribute && args.length === 0) {
    throw new JinjaError('FilterArgumentError', 'Missing parameter for attribute name');
  }
  const read = byAttribute ? attributeReader(context, args[0]) : (item: Value) => item;
  const [name, ...rest] = byAttribute ? args.slice(1) : args;
  for (const item of iterate(value)) {
    const subject = read(item);
    const passes = name === undefined ? truth(subject) : context.env.applyTest(context, name, subject, rest, kwargs);
    if (passes === wanted) yield item;
  }
}

const selector = (wanted: boolean, byAttribute: boolean): FilterEntry =>
  openFilter(
    (context, value, args, kwargs) =>
      new PyIterator('generator', select(context, value, args, kwargs, wanted, byAttribute), 'select_or_reject'),
    true,
  );

export const MAPPING_FILTERS: Readonly<Record<string, FilterEntry>> = {
  map: openFilter(
    (context, value, args, kwargs) => new PyIterator('generator', map(context, value, args, kwargs), 'sync_do_map'),
    true,
  ),
  select: selector(true, false),
  reject: selector(false, false),
  selectattr: selector(true, true),
  rejectattr: selector(false, true),
};
