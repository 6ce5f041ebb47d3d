import { typeName, Undefined, type Value } from '../jinja/index.ts';

/** What Python's `type(value)` prints as: `<class 'int'>`. */
export function pythonClass(value: Value): string {
  return `<class '${value instanceof Undefined ? 'jinja2.runtime.Undefined' : typeName(value)}'>`;
}
