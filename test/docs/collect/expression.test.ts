import { describe, expect, it } from 'vitest';
import { linesOf } from '../../../src/docs/collect/expression.ts';

const TEMPLATE = `{{ config(order_by='followers_rank', unique_key='id') }}
-- followers_rank: see below
select
    id,
    row_number() over (order by followers desc) as early,
    rank() over w as followers_rank,
    lower(name) AS "Name",
    t.city -- where they live
    , toDate(x) as \`größe\`, a."odd name"
from {{ ref('base') }} t
where id > 0 and followers_rank > 1
order by followers_rank`;

describe('the line that gives a column its value', () => {
  const of = linesOf(TEMPLATE);
  it.each([
    ['followers_rank', 6],
    ['FOLLOWERS_RANK', 6],
    ['id', 4],
    ['name', 7],
    ['city', 8],
    ['größe', 9],
    ['odd name', 9],
    // Only where it is sorted by: that says nothing of its value.
    ['followers', 0],
    ['nowhere', 0],
    ['', 0],
    ['constructor', 0],
  ])('%s', (column, line) => {
    expect(of(column)).toBe(line);
  });
});
