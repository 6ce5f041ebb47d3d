import { expect, it } from 'vitest';
import { pauseAfter, verdictOf } from '../../src/jobs/post/answer.ts';

it.each([
  [[200, 202, 204, 299], 'taken'],
  [[undefined, 408, 409, 425, 429, 500, 503, 599], 'again'],
  [[400, 413, 422], 'refused'],
  [[301, 307, 401, 403, 404, 405, 410, 415], 'closed'],
] as const)('an answer of %s is %s', (statuses, verdict) => {
  expect(statuses.map(verdictOf)).toEqual(statuses.map(() => verdict));
});

it('a pause doubles up to a minute, and is what the service asks for where that is longer', () => {
  const now = Date.parse('2026-06-30T12:00:00Z');
  expect([1, 2, 3, 7, 20].map((tries) => pauseAfter(tries, null, now))).toEqual([1, 2, 4, 60, 60]);
  expect(pauseAfter(1, '90', now)).toBe(90);
  expect(pauseAfter(4, '3', now)).toBe(8);
  expect(pauseAfter(1, 'Tue, 30 Jun 2026 12:02:00 GMT', now)).toBe(120);
  expect(pauseAfter(1, 'Tue, 30 Jun 2026 11:00:00 GMT', now)).toBe(1);
  expect(pauseAfter(2, 'soon', now)).toBe(2);
});
