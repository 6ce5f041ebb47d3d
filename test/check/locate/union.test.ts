import { expect, it } from 'vitest';
import { unequalBranch } from '../../../src/check/locate/union.ts';

it.each([
  'select a, b from t union all ^select a from t',
  'with x as (select a, f(b, c) from t union all ^select a, b, c from t) select * from x',
  'select a from (select b, c from t) union distinct (select 1) union all ^select a, b',
  'select a, b * c from t union all ^select a from t',
])('finds the branch of another width: %s', (marked) => {
  expect(unequalBranch(marked.replace('^', ''))?.offset).toBe(marked.indexOf('^'));
});

it.each([
  'select a, b from t union all select c, (select d, e) from u',
  'select * from t union all select a from u',
  'select * except (a, b) from t union all select a from u',
])('says nothing where widths are equal or cannot be told: %s', (sql) => {
  expect(unequalBranch(sql)).toBeUndefined();
});
