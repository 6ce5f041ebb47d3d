import { expect, test } from 'vitest';
import { namesLike, nearest } from '../../src/util/nearest.ts';

test('the name with the fewest edits', () => {
  expect(nearest('stg_order', ['stg_orders', 'stg_customers', 'dim_order'])).toBe('stg_orders');
  expect(nearest('stg_oders', ['stg_orders'])).toBe('stg_orders');
});

test('nothing where nothing is near', () => {
  expect(nearest('revenue', ['stg_orders', 'x'])).toBeUndefined();
  expect(nearest('a', [])).toBeUndefined();
});

test('names all of a few, and of many those that are most like the one that is not there', () => {
  expect(namesLike(['a', 'b'], 'c')).toBe('There are: a, b.');
  const many = ['core', 'daily', 'hourly', 'weekly', 'orders', 'posts', 'stories', 'leaders', 'dayly', 'monthly'];
  expect(namesLike(many, 'dailly')).toBe('Of 10, the most like it: daily, dayly, hourly.');
});
