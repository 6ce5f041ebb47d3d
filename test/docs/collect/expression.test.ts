import { describe, expect, it } from 'vitest';
import { expressionsOf } from '../../../src/docs/collect/expression.ts';

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
  const of = expressionsOf(TEMPLATE);
  it.each([
    ['followers_rank', 6, 'rank() over w as followers_rank'],
    ['FOLLOWERS_RANK', 6, 'rank() over w as followers_rank'],
    ['id', 4, 'id'],
    ['name', 7, 'lower(name) AS "Name"'],
    ['city', 8, 't.city -- where they live'],
    ['größe', 9, ', toDate(x) as `größe`, a."odd name"'],
    ['odd name', 9, ', toDate(x) as `größe`, a."odd name"'],
    // Only where it is sorted by: that says nothing of its value.
    ['followers', 0, ''],
    ['nowhere', 0, ''],
    ['', 0, ''],
    ['constructor', 0, ''],
  ])('%s', (column, line, text) => {
    expect(of(column)).toEqual([line, text]);
  });

  it('is cut where it is long', () => {
    expect(expressionsOf(`select ${'x'.repeat(500)} as y`)('y')[1]).toHaveLength(200);
  });
});
