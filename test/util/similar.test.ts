import { expect, it } from 'vitest';
import { namesLike } from '../../src/util/similar.ts';

it('names all of a few, and of many those that are most like the one that is not there', () => {
  expect(namesLike(['a', 'b'], 'c')).toBe('There are: a, b.');
  const many = ['core', 'daily', 'hourly', 'weekly', 'orders', 'posts', 'stories', 'leaders', 'dayly', 'monthly'];
  expect(namesLike(many, 'dailly')).toBe('Of 10, the most like it: daily, dayly, hourly.');
});
