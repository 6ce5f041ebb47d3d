import { describe, expect, it } from 'vitest';
import { blame } from '../../../src/check/locate/blame.ts';
import { resultColumn } from '../../../src/check/locate/result-column.ts';
import { tokensOf } from '../../../src/check/locate/tokens.ts';

/** The messages are ClickHouse 26.7's own. `^` in the SQL stands before the place that is meant. */
const CASES: readonly (readonly [message: string, sql: string])[] = [
  [
    'Unknown expression identifier `aa` in scope SELECT aa FROM d.t',
    "with x as (select aa from d.u)\n-- aa\nselect 'aa', ^aa from d.t",
  ],
  [
    "Identifier 't.aa' cannot be resolved from table with name t. In scope SELECT t.aa FROM d.t AS t. Maybe you meant: ['t.a']",
    'select aa, t.^aa from d.t t',
  ],
  ["Unknown table expression identifier 'd.tt' in scope SELECT a FROM d.tt", 'select a from `d`.^`tt`'],
  ['Function with name `fooo` does not exist. In scope SELECT fooo(a) FROM d.t', 'select ^fooo(a) from d.t'],
  [
    'Illegal types UInt32 and String of arguments of function plus: In scope SELECT a + b FROM d.t',
    'select (select 1 + 1), c from (select a ^+ b from d.t)',
  ],
  [
    "Column 'd.t.a' is not under aggregate function and not in GROUP BY keys. In query SELECT a, count() FROM d.t",
    'select ^a, count() from d.t',
  ],
  ["Cannot convert string 'x' to type UInt32", "select a in (^'x') from d.t"],
  ['Illegal type String of argument for aggregate function sum', 'select max(b), ^sum(b) from d.t'],
];

describe('what a message of the engine is about', () => {
  it.each(CASES)('%s', (message, marked) => {
    expect(blame(message, marked.replace('^', ''))?.offset).toBe(marked.indexOf('^'));
  });

  it('is nothing where the message names nothing', () => {
    expect(blame('Different number of columns in UNION_ALL elements: a and a, b', 'select a')).toBeUndefined();
  });
});

describe('a column of the result', () => {
  it.each([
    ['n', 'with n as (select 1 as n) select max(n) as m, sum(x) as ^n from n where n > 0'],
    ['n', 'select f(n, (select n from n)) as ^n\nfrom y order by n'],
    ['b', 'select a, t.^b'],
  ])('%s of %s', (name, marked) => {
    expect(resultColumn(marked.replace('^', ''), name)?.offset).toBe(marked.indexOf('^'));
  });
});

it('leaves comments and blanks out of SQL, and nothing else', () => {
  const sql = "select -- one\n 'it''s', \"a b\" /* two */ , `c\\`d` # e";
  expect(tokensOf(sql).map(({ text }) => text)).toEqual(['select', "'it''s'", ',', 'a b', ',', 'c`d', '#', 'e']);
});
