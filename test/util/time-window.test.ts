import { expect, test } from 'vitest';
import { momentOf, secondsText, shifted } from '../../src/util/time-window.ts';

test.each([
  ['2024-09-17 16:06:00', 'hour', -1, '2024-09-17 15:06:00'],
  ['2024-01-31 16:06:00', 'month', 1, '2024-02-29 16:06:00'],
  ['2024-02-29 16:06:00', 'year', 1, '2025-02-28 16:06:00'],
  ['2024-01-31 00:00:00', 'month', -2, '2023-11-30 00:00:00'],
  ['2024-03-01 00:00:00', 'day', -1, '2024-02-29 00:00:00'],
] as const)('%s and %s by %i is %s', (from, period, count, to) => {
  expect(secondsText(shifted(momentOf(from)!, period, count))).toBe(to);
});

test('a moment without a zone is UTC', () => {
  expect(momentOf('2024-09-17T16:06:00+02:00')?.toISOString()).toBe('2024-09-17T14:06:00.000Z');
  expect(momentOf('2024-09-17')?.toISOString()).toBe('2024-09-17T00:00:00.000Z');
  expect([momentOf('soon'), momentOf('2024-13-01')]).toEqual([undefined, undefined]);
});
