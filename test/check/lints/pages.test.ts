import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Driver, openEngine } from '../../../src/adapter/index.ts';
import { understand } from '../../../src/check/engine.ts';
import { lint } from '../../../src/check/lints/index.ts';
import { CODES } from '../../../src/error/index.ts';

const PAGES = fileURLToPath(new URL('../../../docs/lints', import.meta.url));
const TABLES = [
  'orders (id Int64, customer_id Int64, amount UInt32, paid UInt32, ordered_at DateTime)',
  'customers (id Int64, name String, born Nullable(Date))',
  'holidays (day Date, name LowCardinality(String))',
  'events (id Int64, state String, version UInt64)',
  'mart (id Int64, ordered_at DateTime)',
];

let engine: Driver;
beforeAll(async () => {
  engine = await openEngine({});
  for (const table of TABLES) {
    await engine.query(`create table ${table} engine = ReplacingMergeTree order by tuple()`, { fetch: false });
  }
}, 60_000);
afterAll(() => engine?.close());

async function codes(sql: string, isIncrement: boolean): Promise<readonly string[]> {
  const answer = await understand(engine, sql);
  if (!answer.ok) throw new Error(answer.error.text);
  const engineOf = (relation: string) => (relation.endsWith('.events') ? 'ReplacingMergeTree(version)' : 'MergeTree');
  const hits = lint({ tree: answer.value.tree, isIncrement, engineOf });
  for (const { places } of hits) expect(places.some((place) => place.test(sql))).toBe(true);
  return hits.map(({ code }) => code);
}

describe.each(readdirSync(PAGES).map((file) => [file.slice(0, -'.md'.length), file] as const))('%s', (code, file) => {
  const page = readFileSync(join(PAGES, file), 'utf8');
  const example = (heading: string): string =>
    page
      .split(`## ${heading}`)[1]!
      .split('```')[1]!
      .replace(/^sql\n/, '');
  const isIncrement = code === 'TSD4105';

  test('has the title of its code', () => {
    expect(page.split('\n')[0]).toBe(`# ${code}: ${CODES[code as keyof typeof CODES]}`);
  });
  test('its wrong example is found, and nothing else', async () => {
    expect(await codes(example('Wrong'), isIncrement)).toEqual([code]);
  });
  test('its right example is not', async () => {
    expect(await codes(example('Right'), isIncrement)).toEqual([]);
  });
});

test('every lint has a page', () => {
  const lints = Object.keys(CODES).filter((code) => code.startsWith('TSD41'));
  expect(readdirSync(PAGES).sort()).toEqual(lints.map((code) => `${code}.md`));
});

test.each<readonly [string, string, readonly string[]]>([
  [
    'is null of the left side of a right join',
    'select c.id from orders o right join customers c on c.id = o.customer_id where o.id is null',
    ['TSD4101'],
  ],
  [
    'of both sides of a full join',
    'select ifNull(o.id, c.id) as id from orders o full join customers c on c.id = o.customer_id',
    ['TSD4101'],
  ],
  [
    'of a subquery on the empty side',
    'select s.n is not null as x from orders o left join (select customer_id, count() as n from orders group by customer_id) s on s.customer_id = o.customer_id',
    ['TSD4101'],
  ],
  [
    'a column that is Nullable anyway',
    'select coalesce(c.born, today()) as x from orders o left join customers c on c.id = o.customer_id',
    [],
  ],
  ['an inner join', "select coalesce(c.name, 'x') as x from orders o join customers c on c.id = o.customer_id", []],
  [
    'the side that is kept',
    'select ifNull(o.id, 0) as x from orders o left join customers c on c.id = o.customer_id',
    [],
  ],
  ['a cast of a difference', 'select cast(amount - paid as UInt64) as x from orders', ['TSD4102']],
  ['a cast of a sum', 'select toUInt64(amount + paid) as x from orders', []],
  ['a difference that stays signed', 'select toInt64(amount - paid) as x from orders', []],
  ['texts of two storages', 'select 1 as x from customers c join holidays h on h.name = c.name', []],
  [
    'a number and a float',
    'select 1 as x from orders o join (select toFloat64(id) as id from customers) c on c.id = o.id',
    ['TSD4103'],
  ],
  [
    'using',
    'select 1 as x from orders o join (select toDecimal64(id, 2) as id from customers) c using (id)',
    ['TSD4103'],
  ],
  ['versions folded by limit by', 'select id, state from events order by version desc limit 1 by id', []],
  [
    'versions folded below',
    'select o.id from orders o join (select id, argMax(state, version) as state from events group by id) e on e.id = o.id',
    [],
  ],
  ['versions folded above', 'select id, max(state) as s from (select id, state from events) group by id', []],
  ['a setting', 'select id, state from events settings final = 1', []],
  ['in a condition', 'select id from orders where id in (select id from events)', ['TSD4104']],
])('%s', async (_, sql, expected) => {
  expect(await codes(sql, false)).toEqual(expected);
});
