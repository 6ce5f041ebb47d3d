import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Driver, openEngine } from '../../../src/adapter/index.ts';
import { understand } from '../../../src/check/engine.ts';
import { type Signatures, signaturesOf } from '../../../src/check/lineage/signature.ts';

let engine: Driver;
beforeAll(async () => {
  engine = await openEngine({});
  await engine.query('create database d engine = Memory', { fetch: false });
  for (const table of ['d.t', 'd.u']) {
    const columns = 'id Int64, name String, v Int64, list Array(Int64)';
    await engine.query(`create table ${table} (${columns}) engine = Memory`, { fetch: false });
  }
}, 60_000);
afterAll(() => engine?.close());

async function of(sql: string): Promise<Signatures> {
  const answer = await understand(engine, sql);
  if (!answer.ok) throw new Error(answer.error.text);
  return signaturesOf(answer.value.tree);
}

describe('the same meaning', () => {
  test.each([
    [
      'other blanks and comments',
      'select id+v as x from d.t where v>1',
      'select -- sum\n  (id + v) AS x FROM d.t WHERE (v > 1)',
    ],
    [
      'a CTE more',
      'select id, v from d.t where v > 1',
      'with a as (select * from d.t) select b.id, b.v from a as b where b.v > 1',
    ],
    [
      'another name of a CTE',
      'with a as (select max(v) m from d.t) select m from a',
      'with b as (select max(v) k from d.t) select k as m from b',
    ],
    [
      'an argument of a lambda by another name',
      'select arrayMap(x -> x + id, list) as l from d.t',
      'select arrayMap(y -> y + id, list) as l from d.t',
    ],
    [
      'the time of asking',
      'select id from d.t where v > toUnixTimestamp(now())',
      'select id from d.t where v > toUnixTimestamp(now())',
    ],
  ])('%s', async (_, a, b) => {
    expect(await of(a)).toEqual(await of(b));
  });
});

describe('another meaning', () => {
  test.each<readonly [string, string, string, readonly ('columns' | 'rows')[]]>([
    ['another constant', 'select v + 1 as x from d.t', 'select v + 2 as x from d.t', ['columns']],
    ['other operands', 'select v - id as x from d.t', 'select id - v as x from d.t', ['columns']],
    ['another condition', 'select id from d.t where v > 1', 'select id from d.t where v >= 1', ['rows']],
    [
      'a condition deep below',
      'select id from (select id from d.t)',
      'select id from (select id from d.t where v = 1)',
      ['rows'],
    ],
    [
      'another join',
      'select t.id from d.t t join d.u u on t.id = u.id',
      'select t.id from d.t t left join d.u u on t.id = u.id',
      ['rows'],
    ],
    ['another table', 'select id from d.t', 'select id from d.u', ['columns', 'rows']],
    ['groups', 'select max(v) from d.t', 'select max(v) from d.t group by id', ['rows']],
    ['one row for all', 'select 1 as x from d.t', 'select toUInt8(max(1)) as x from d.t', ['columns', 'rows']],
    ['distinct', 'select id from d.t', 'select distinct id from d.t', ['rows']],
    [
      'another order of a window',
      'select row_number() over (order by v) as n from d.t',
      'select row_number() over (order by v desc) as n from d.t',
      ['columns'],
    ],
    [
      'another frame',
      'select sum(v) over (order by id rows 1 preceding) as n from d.t',
      'select sum(v) over (order by id rows 2 preceding) as n from d.t',
      ['columns'],
    ],
    ['another limit', 'select id from d.t order by v limit 1', 'select id from d.t order by v limit 2', ['rows']],
    [
      'a row for each member',
      'select id, list[1] as x from d.t',
      'select id, arrayJoin(list) as x from d.t',
      ['columns', 'rows'],
    ],
    [
      'a union that drops doubles',
      'select id from d.t union all select id from d.u',
      'select id from d.t union distinct select id from d.u',
      ['rows'],
    ],
  ])('%s', async (_, a, b, differs) => {
    const [left, right] = [await of(a), await of(b)];
    const found = (['columns', 'rows'] as const).filter((part) => String(left[part]) !== String(right[part]));
    expect(found).toEqual(differs);
  });
});
