import { expect, test } from 'vitest';
import { mergedFreshness } from '../../../src/parse/yaml/freshness.ts';

const hours = (count: number) => ({ count, period: 'hour' });
const NOTHING = { count: null, period: null };

test('nobody sets any', () => {
  expect(mergedFreshness([undefined, undefined, undefined, undefined])).toBeUndefined();
});

test('a table keeps what its source says and changes one threshold', () => {
  const source = { warn_after: hours(1), error_after: hours(2), filter: 'a' };
  expect(mergedFreshness([source, undefined, { error_after: hours(5) }, undefined])).toEqual({
    warn_after: hours(1),
    error_after: hours(5),
    filter: 'a',
  });
});

test('null takes freshness away, from all of it or from one threshold', () => {
  const source = { warn_after: hours(1), error_after: hours(2) };
  expect(mergedFreshness([source, undefined, null, undefined])).toBeNull();
  expect(mergedFreshness([source, undefined, { error_after: null }, undefined])).toMatchObject({
    warn_after: hours(1),
    error_after: null,
  });
  expect(mergedFreshness([null, undefined, { warn_after: hours(3) }, undefined])).toEqual({
    warn_after: hours(3),
    error_after: NOTHING,
    filter: null,
  });
});
