import { expect, test } from 'vitest';
import { nearest } from '../../src/util/nearest.ts';

test('the name with the fewest edits', () => {
  expect(nearest('stg_order', ['stg_orders', 'stg_customers', 'dim_order'])).toBe('stg_orders');
  expect(nearest('stg_oders', ['stg_orders'])).toBe('stg_orders');
});

test('nothing where nothing is near', () => {
  expect(nearest('revenue', ['stg_orders', 'x'])).toBeUndefined();
  expect(nearest('a', [])).toBeUndefined();
});
