import { describe, expect, it } from 'vitest';
import { attempt, readCases } from './as-in-dbt.ts';
import { runtimeContext, world } from './support.ts';

describe('json, yaml and collections are as in dbt', () => {
  const { scope } = runtimeContext(world());
  const cases = readCases('words.json');

  it.each(['fromjson', 'tojson', 'fromyaml', 'toyaml', 'set', 'zip', 'diff_of_two_dicts', 'local_md5'])(
    '%s',
    (word) => {
      const own = cases.filter((one) => one.template.startsWith(`{{ ${word}`));
      expect(own.length).toBeGreaterThan(1);
      expect(own.map(({ template }) => attempt(template, scope))).toEqual(own);
    },
  );
});
