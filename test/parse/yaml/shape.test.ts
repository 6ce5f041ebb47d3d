import { expect, test } from 'vitest';
import { mismatch } from '../../../src/parse/yaml/shape/check.ts';
import { MODEL } from '../../../src/parse/yaml/shape/nodes.ts';
import { EXPOSURE, GROUP, UNIT_TEST } from '../../../src/parse/yaml/shape/others.ts';
import { SOURCE } from '../../../src/parse/yaml/shape/sources.ts';
import { type DataMap, WholeFloat } from '../../../src/util/data.ts';

test('what dbt has a place for passes', () => {
  const model: DataMap = {
    name: 'm',
    anything: [1],
    config: { tags: 5 },
    latest_version: 2,
    columns: [{ name: 'a', quote: null, data_tests: ['unique', { not_null: {} }], dimension: { type: 'time' } }],
    versions: [{ v: new WholeFloat(1), columns: [{ include: 'all', exclude: ['a'] }, { name: 'b' }] }],
  };
  expect(mismatch(MODEL, model)).toBeUndefined();
  expect(mismatch(GROUP, { name: 'g', owner: { email: ['a', 'b'], slack: 1 } })).toBeUndefined();
});

test.each([
  ['description', MODEL, { name: 'm', description: 5 }, ['description'], "5 is not of type 'string'"],
  ['an empty key', MODEL, { name: 'm', config: null }, ['config'], "None is not of type 'object'"],
  [
    'a text for a list',
    MODEL,
    { name: 'm', columns: [{ name: 'a', tags: 'x' }] },
    ['columns', 0, 'tags'],
    "'x' is not of type 'array'",
  ],
  ['no name', MODEL, { name: 'm', columns: [{ quote: true }] }, ['columns', 0], "'name' is a required property"],
  [
    'a choice of columns',
    MODEL,
    { name: 'm', versions: [{ v: 1, columns: [{ include: '*', exclude: '*' }] }] },
    ['versions', 0, 'columns', 0, 'exclude'],
    "'*' is not of type 'array'",
  ],
  [
    'a period',
    SOURCE,
    { name: 's', freshness: { warn_after: { count: 1, period: 'week' } } },
    ['freshness', 'warn_after', 'period'],
    "'week' is not one of ['minute', 'hour', 'day'] or empty",
  ],
  [
    'a kind',
    EXPOSURE,
    { name: 'e', owner: {}, type: 'x' },
    ['type'],
    "'x' is not one of ['dashboard', 'notebook', 'analysis', 'ml', 'application']",
  ],
  ['what is missing', UNIT_TEST, { name: 'u', model: 'm', given: [] }, [], "'expect' is a required property"],
] as const)('%s', (_, shape, value, path, reason) => {
  expect(mismatch(shape, value)).toMatchObject({ path, reason });
});

test('a key that nobody knows is told with the nearest known one', () => {
  expect(mismatch(SOURCE, { name: 's', table: [] })).toEqual({
    path: ['table'],
    reason: "Additional properties are not allowed ('table' was unexpected)",
    hint: "Did you mean 'tables'?",
  });
});
