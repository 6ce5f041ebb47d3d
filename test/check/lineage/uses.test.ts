import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Driver, openEngine } from '../../../src/adapter/index.ts';
import { understand } from '../../../src/check/engine.ts';
import { usesOf } from '../../../src/check/lineage/uses.ts';

let engine: Driver;
const TABLES: Readonly<Record<string, string>> = {
  'd.t': 'id Int64, name String, list Array(Int32), map Map(String, Int32), at DateTime, pair Tuple(a Int32, b String)',
  'd.u': 'id Int64, v Float64, name String',
  'd.odd name': '`a, b` Int64, `c source_id: 1` String',
};

beforeAll(async () => {
  engine = await openEngine({});
  await engine.query('create database d engine = Memory', { fetch: false });
  for (const [name, columns] of Object.entries(TABLES)) {
    const table = `d.\`${name.slice(2)}\``;
    await engine.query(`create table ${table} (${columns}) engine = ReplacingMergeTree order by tuple()`, {
      fetch: false,
    });
  }
}, 60_000);
afterAll(() => engine?.close());

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  'd.t': ['id', 'name', 'list', 'map', 'at', 'pair'],
  'd.u': ['id', 'v', 'name'],
  'd.odd name': ['a, b', 'c source_id: 1'],
};

/** `t.id:value` for each use, sorted; a line a column, then one for the rows. */
async function uses(sql: string): Promise<readonly string[]> {
  const answer = await understand(engine, sql);
  if (!answer.ok) throw new Error(answer.error.text);
  const isNode = (cte: string): boolean => cte.startsWith('__dbt__cte__');
  const { columns, rows } = usesOf(answer.value.tree, { columnsOf: (name) => COLUMNS[name] ?? [], isNode });
  return [...columns, rows].map((list) =>
    list
      .map(({ relation, column, kind }) => `${relation.replace(/^d\./, '')}.${column}:${kind}`)
      .sort()
      .join(' '),
  );
}

test.each<readonly [string, string, readonly string[]]>([
  ['a column and an expression', 'select id, upper(name) from d.t', ['t.id:value', 't.name:value', '']],
  ['through CTEs and stars', 'with a as (select * from d.u) select v + 1 from (select * from a)', ['u.v:value', '']],
  [
    'what decides on rows',
    'select u.v from d.u u join d.t t on t.id = u.id where t.at > now() order by u.name limit 1',
    ['u.v:value', 't.at:filter t.id:join u.id:join u.name:order'],
  ],
  [
    'aggregates with their groups',
    'select sumIf(v, id > 1) as s, count() from d.u group by name having max(v) > 2',
    ['u.id:value u.v:value', '', 'u.name:group u.v:filter'],
  ],
  [
    'windows',
    'select row_number() over (partition by name order by v) from d.u qualify sum(id) over (partition by name) > 1',
    ['u.name:window u.v:window', 'u.id:filter u.name:window'],
  ],
  [
    'unions by position',
    'select id, name from d.t union all select id, v::String from d.u',
    ['t.id:value u.id:value', 't.name:value u.v:value', ''],
  ],
  [
    'a union without duplicates is decided by all columns',
    'select id from d.t union distinct select id from d.u',
    ['t.id:value u.id:value', 't.id:filter u.id:filter'],
  ],
  [
    'using',
    'select id, v from d.u full join d.t using (id)',
    ['t.id:value u.id:value', 'u.v:value', 't.id:join u.id:join'],
  ],
  [
    'a member of a tuple that a query made, not the whole tuple',
    'select tupleElement(p, 2) as m, p.1 as n from (select (groupArray((v, name)) over (order by id))[1] as p from d.u)',
    ['u.id:window u.name:value', 'u.id:window u.v:value', ''],
  ],
  ['array join', 'select el from d.t array join list as el', ['t.list:value', 't.list:join']],
  [
    'the function arrayJoin makes rows',
    'select id, arrayJoin(list) as el from d.t',
    ['t.id:value', 't.list:value', 't.list:join'],
  ],
  ['lambdas', 'select arrayMap(x -> x + id, list) from d.t', ['t.id:value t.list:value', '']],
  ['parts of tuples and maps', "select pair.b, map['k'] from d.t final", ['t.pair:value', 't.map:value', '']],
  [
    'subqueries as values',
    "select (select max(v) from d.u where name != '') as m from d.t",
    ['u.name:filter u.v:value', ''],
  ],
  [
    'subqueries as conditions',
    'select id from d.t where id in (select id from d.u where v > 1)',
    ['t.id:value', 't.id:filter u.id:filter u.v:filter'],
  ],
  [
    'a table as a condition',
    'select id from d.t where (id, 1.0, name) in d.u',
    ['t.id:value', 't.id:filter t.name:filter u.id:filter u.name:filter u.v:filter'],
  ],
  [
    'recursion',
    'with recursive r as (select id as i from d.u union all select i + 1 from r where i < 5) select i from r',
    ['u.id:value', 'u.id:filter'],
  ],
  ['distinct', 'select distinct name from d.u', ['u.name:value', 'u.name:group']],
  ['limit by', 'select v from d.u limit 1 by name', ['u.v:value', 'u.name:filter']],
  [
    'names with commas and blanks',
    'select `a, b` as `x, y: z`, `c source_id: 1` from d.`odd name`',
    ['odd name.a, b:value', 'odd name.c source_id: 1:value', ''],
  ],
  [
    'an ephemeral model is a node',
    'with __dbt__cte__e as (select id as k, v from d.u where v > 1) select k from __dbt__cte__e',
    ['__dbt__cte__e.k:value', ''],
  ],
  [
    'settings and comments of its own',
    'select id -- the key\nfrom d.u settings max_threads = 1 -- end',
    ['u.id:value', ''],
  ],
])('%s', async (_, sql, expected) => {
  expect(await uses(sql)).toEqual(expected);
});
