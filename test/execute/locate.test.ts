import { describe, expect, it } from 'vitest';
import { locate } from '../../src/execute/locate.ts';

const MODEL = `{{ config(materialized='table') }}
select
  o.order_id,
  upper(contry) as c
from {{ ref('orders') }} o
where amount >> 1`;

describe('the place in a model that a message of ClickHouse is about', () => {
  it.each([
    ['Code: 47. DB::Exception: Unknown expression or function identifier `contry` in scope SELECT 1.', [4, 9]],
    ["Unknown expression identifier 'o.order_id' in scope SELECT", [3, 5]],
    ["Missing columns: 'contry' while processing query", [4, 9]],
    ['Syntax error: failed at position 99 (>) (line 9, col 14): > 1. Expected one of: token', undefined],
    ['Syntax error: failed at position 90 (amount) (line 9, col 7): amount >> 1. Expected one of: token', [6, 7]],
    ['Memory limit exceeded', undefined],
    ["Code: 56. DB::Exception: Unknown table engine table. Maybe you meant: ['x']. (UNKNOWN_STORAGE)", [1, 25]],
    ["Unknown setting 'amount': did you mean", [6, 7]],
    ["Unknown expression identifier 'elsewhere' in scope", undefined],
  ])('%s', (message, place) => {
    const spot = locate(message, MODEL);
    expect(spot === undefined ? undefined : [spot.line, spot.col]).toEqual(place);
  });
});
