import type { Value } from '../../jinja/index.ts';
import { LazyObject } from '../lazy-object.ts';
import { datetimeModule } from './datetime/index.ts';
import { itertoolsModule } from './itertools.ts';
import { pytzModule } from './pytz/index.ts';
import { reModule } from './re/index.ts';

/** Template global `modules`. Each of them is made when it is named. `clock` is what now() and today() read. */
export function modulesObject(clock: () => Date): Value {
  const makers: Readonly<Record<string, () => Value>> = {
    datetime: () => datetimeModule(clock),
    pytz: pytzModule,
    re: reModule,
    itertools: itertoolsModule,
  };
  const made = new Map<string, Value>();
  const lookup = (name: string): Value | undefined => {
    if (!made.has(name) && Object.hasOwn(makers, name)) made.set(name, makers[name]?.());
    return made.get(name);
  };
  return new LazyObject('dict', lookup, () => Object.keys(makers));
}
