import { describe, expect, it } from 'vitest';
import { attempt, type Case, readCases } from './as-in-dbt.ts';
import { runtimeContext, world } from './support.ts';

describe('modules', () => {
  const { scope } = runtimeContext(world());
  const cases = readCases('modules.json');

  it.each(['datetime', 'pytz', 're', 'itertools'])('%s is as in Python', (name) => {
    const own = cases.filter((one) => one.template.includes(`modules.${name}`));
    expect(own.length).toBeGreaterThan(20);
    expect(own.map(({ template }) => attempt(template, scope))).toEqual(own);
  });

  it('agrees with the conformance cases', () => {
    const given = readCases('../../conformance/jinja/dbt_modules.json') as readonly (Case & {
      expected: { output: string };
    })[];
    expect(given.length).toBeGreaterThan(20);
    const expected = given.map(({ template, expected: { output } }) => ({ template, output }));
    expect(expected.map(({ template }) => attempt(template, scope))).toEqual(expected);
  });
});
