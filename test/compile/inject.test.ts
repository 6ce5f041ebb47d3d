import { describe, expect, it } from 'vitest';
import { cteSql, injectCtes } from '../../src/compile/inject.ts';

const cte = (name: string) => ({ id: `model.shop.${name}`, sql: cteSql(name, `select * from ${name}`) });

describe('injectCtes', () => {
  it('leaves SQL alone when there is nothing to put in', () => {
    expect(injectCtes('select 1', [])).toBe('select 1');
  });

  it('opens a WITH after the leading blanks', () => {
    expect(injectCtes('\n  select 1', [cte('a')])).toBe('\n  with __dbt__cte__a as (\nselect * from a\n) select 1');
  });

  it('goes before the expressions of the statement itself', () => {
    expect(injectCtes('with x as (select 1)\nselect * from x', [cte('a'), cte('b')])).toBe(
      'with  __dbt__cte__a as (\nselect * from a\n),  __dbt__cte__b as (\nselect * from b\n), x as (select 1)\nselect * from x',
    );
  });

  it('keeps RECURSIVE where it belongs', () => {
    expect(injectCtes('with recursive t as (select 1) select 1', [cte('a')])).toMatch(
      /^with recursive {2}__dbt__cte__a/,
    );
  });

  it('finds a WITH behind comments', () => {
    expect(injectCtes('-- why\n/* and how */ WITH x as (select 1) select 1', [cte('a')])).toContain(
      'WITH  __dbt__cte__a as (',
    );
  });

  it('is not taken in by WITH FILL and WITH TOTALS further down (a fault of dbt)', () => {
    const sql = 'select a, count() from t group by a with totals order by a with fill';
    expect(injectCtes(sql, [cte('a')])).toBe(`with __dbt__cte__a as (\nselect * from a\n) ${sql}`);
  });

  it('is not taken in by a column called without', () => {
    expect(injectCtes('without_tax', [cte('a')])).toMatch(/^with __dbt__cte__a/);
  });
});
