import { afterAll, beforeAll, expect, test } from 'vitest';
import { previewSync, rollbackSync, runSync, waitForSource } from '../../src/sync/index.ts';
import { definition } from './support/definition.ts';
import { openPlace, type Place } from './support/place.ts';

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place?.close());

const GOODS = `
syncs:
  - name: goods
    source: goods
    connection: api
    table: goods
    key: [id]
    indexes: [{ columns: [id], unique: true }]
    drift: add
    wait_for: { built_within: 1 h, limit: 1 s }`;

async function fill(generation: number, rows = 100): Promise<void> {
  await place.ch(
    'CREATE OR REPLACE TABLE dbt.goods (id Int32, generation Int32, amount Int32) ORDER BY id',
    `INSERT INTO dbt.goods SELECT number, ${generation}, number FROM numbers(${rows})`,
  );
}

let runs = 0;
function deps() {
  runs += 1;
  return {
    clickhouse: place.clickhouse,
    postgresUrl: place.url,
    source: 'dbt.goods',
    invocationId: `rollback ${runs}`,
  };
}

const content = () => place.pg('select min(generation), max(generation), count(*)::int from goods');

test('a rollback brings the rows before the last run back, with all that the table has, and again', async () => {
  const goods = await definition(GOODS);
  await fill(1);
  await runSync(goods, deps());
  await expect(rollbackSync(goods, deps())).rejects.toThrow(/cannot be rolled back: there is no public\.goods_old_bkp/);
  await place.pg(`
    create view small as select id, generation from goods where id < 10; create role api_reader;
    grant select on goods to api_reader; comment on table goods is 'goods'; alter table goods add loaded timestamptz default now()`);
  await fill(2);
  await runSync(goods, deps());
  expect(await content()).toEqual([[2, 2, 100]]);
  const shape = () =>
    place.pg(`select c.relacl::text, obj_description(c.oid), pg_get_viewdef('small'::regclass),
      (select string_agg(indexname, ',') from pg_indexes where tablename = 'goods') from pg_class c where oid = 'goods'::regclass`);
  const before = await shape();
  expect(await rollbackSync(goods, deps())).toMatchObject({ rows: 100, rowsBefore: 100 });
  expect(await content()).toEqual([[1, 1, 100]]);
  expect(await shape()).toEqual(before);
  expect(await place.pg('select distinct generation from small')).toEqual([[1]]);
  await rollbackSync(goods, deps());
  expect(await content()).toEqual([[2, 2, 100]]);
  expect(await place.pg(`select relname from pg_class where relname like '%\\_\\_tsdbt%'`)).toEqual([]);
});

test('an empty table, such as the one the first run replaced, is not rolled back to', async () => {
  const fresh = await definition(GOODS.replace('table: goods', 'table: fresh'));
  await fill(1);
  await place.pg('create table fresh (id int, generation int, amount int)');
  await runSync(fresh, deps());
  await expect(rollbackSync(fresh, deps())).rejects.toThrow(
    /public\.fresh_old_bkp has 0 rows, fewer than guards\.min_rows/,
  );
  expect(await place.pg('select count(*)::int from fresh')).toEqual([[100]]);
  await place.pg('drop table fresh, fresh_old_bkp');
});

test('a plan shows what would change and changes nothing', async () => {
  await place.pg('drop view small');
  const goods = await definition(`${GOODS}\n    columns: [{ name: amount, type: bigint }]`);
  await place.ch(
    'ALTER TABLE dbt.goods ADD COLUMN colour String',
    'ALTER TABLE dbt.goods DELETE WHERE id < 50 SETTINGS mutations_sync = 2',
  );
  const everything = () =>
    place.pg(
      `select oid::int8, relname, relfilenode::int8 from pg_class where relnamespace = 'public'::regnamespace order by 1`,
    );
  const before = await everything();
  const preview = await previewSync(goods, deps());
  expect(preview).toMatchObject({
    target: 'public.goods',
    format: 'binary',
    differences: [
      'a new table takes its place',
      'rows: 100 -> 50 (50 %)',
      '~ column amount integer -> bigint',
      '+ column colour text (from String)',
      'the old table becomes "public"."goods_old_bkp"',
    ],
    problems: [expect.stringMatching(/50 rows would replace 100: 50 %, less than guards\.min_share/)],
  });
  expect(preview.statements.join('\n')).toMatch(/COPY|copy "public"\."goods__tsdbt_[\s\S]*rename to "goods"/);
  expect(await everything()).toEqual(before);
});

test('a wider type comes with drift: add, a narrower one is refused, and so is a wider one under a view', async () => {
  await fill(3);
  const wide = await definition(`${GOODS}\n    columns: [{ name: amount, type: bigint }]`);
  await runSync(wide, deps());
  const type = () =>
    place.pg(
      `select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'goods'::regclass and attname = 'amount'`,
    );
  expect(await type()).toEqual([['bigint']]);
  const narrow = await definition(`${GOODS}\n    columns: [{ name: amount, type: smallint }]`);
  await expect(runSync(narrow, deps())).rejects.toThrow(
    /column "amount" is bigint in the target, but the definition says smallint/,
  );
  await place.pg('create view amounts as select amount from goods');
  const wider = await definition(`${GOODS}\n    columns: [{ name: amount, type: numeric }]`);
  await expect(runSync(wider, deps())).rejects.toThrow(/column "amount" is bigint in the target/);
  await place.pg('drop view amounts');
});

test('a sync waits for its mart, within its limit, and goes on when it is there', async () => {
  const goods = await definition(GOODS);
  const told: string[] = [];
  const tell = (message: string) => void told.push(message);
  const wait = (name: string, limit: number) =>
    waitForSource(
      { ...goods, wait_for: { ...goods.wait_for!, limit } },
      { clickhouse: place.clickhouse, tables: [{ database: 'dbt', name }], tell, pauseSeconds: 0.1 },
    );
  await wait('goods', 1);
  expect(told).toEqual([]);
  await expect(wait('later', 0.3)).rejects.toThrow(/wants it built within 1 h: later \(not built yet\); waited 0\.3 s/);
  expect(told).toEqual([expect.stringContaining('later (not built yet); waiting for up to 0.3 s')]);
  const waiting = wait('later', 20);
  await place.ch('CREATE TABLE dbt.later (n Int32) ORDER BY n');
  await waiting;
  const strict = { ...goods, wait_for: { built_within: -1, limit: 0.1 } };
  const old = waitForSource(strict, {
    clickhouse: place.clickhouse,
    tables: [{ database: 'dbt', name: 'later' }],
    tell,
  });
  await expect(old).rejects.toThrow(/later \(built .* ago\)/);
});
