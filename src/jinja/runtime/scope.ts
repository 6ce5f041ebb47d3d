import type { Value } from '../values/object.ts';

/** The names a template does not define itself; JavaScript's undefined for what does not exist. */
export interface Scope {
  lookup(name: string): Value | undefined;
  /** What can be looked up, for hints. */
  names?(): Iterable<string>;
}

export function scopeOf(vars: ReadonlyMap<string, Value> | Readonly<Record<string, Value>>, parent?: Scope): Scope {
  const own =
    vars instanceof Map
      ? (name: string) => vars.get(name)
      : (name: string) => (Object.hasOwn(vars, name) ? (vars as Record<string, Value>)[name] : undefined);
  return {
    lookup: parent === undefined ? own : (name) => own(name) ?? missingOr(own(name), parent, name),
    names: () => [...(vars instanceof Map ? vars.keys() : Object.keys(vars)), ...(parent?.names?.() ?? [])],
  };
}

/** Python's None is null: a name that holds it is defined. */
function missingOr(value: Value, parent: Scope, name: string): Value {
  return value === null ? null : parent.lookup(name);
}
