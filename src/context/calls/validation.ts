import { equals, hostFunction, str, type Value } from '../../jinja/index.ts';
import { LazyObject } from '../lazy-object.ts';
import { TemplateProblem } from '../problem.ts';
import { pyFunction } from '../py-function.ts';

/** `validation.any('a', 'b')`: a check that a value is one of them. */
const anyOf: Value = hostFunction('any', (allowed) =>
  pyFunction('inner', ['value'], (value) => {
    if (allowed.some((candidate) => equals(value, candidate))) return null;
    const message = `Expected value "${str(value)}" to be one of ${allowed.map(str).join(',')}`;
    throw new TemplateProblem('Runtime', { code: 'TSD2003', message });
  }),
);

export function validationObject(): Value {
  return new LazyObject(
    'AttrDict',
    (name) => (name === 'any' ? anyOf : undefined),
    () => ['any'],
  );
}
