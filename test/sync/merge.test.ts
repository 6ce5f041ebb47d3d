import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runSync, type SyncEvent, type SyncResult } from '../../src/sync/index.ts';
import { definition } from './support/definition.ts';
import { openPlace, type Place } from './support/place.ts';

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place?.close());

beforeEach(async () => {
  await place.pg('drop table if exists items, tsdbt_sync_state, items_tsdbt_written, log');
  await place.ch(
    `CREATE OR REPLACE TABLE dbt.items (id Int32, name Nullable(String), doc Map(String, UInt8), at DateTime('UTC')) ORDER BY id`,
    `INSERT INTO dbt.items SELECT number, 'first', map('n', 1), toDateTime('2026-01-01 00:00:00', 'UTC') + number FROM numbers(1000)`,
  );
});

const yaml = (mode: string, more = '') => `
syncs:
  - name: items
    source: items
    connection: api
    table: items
    mode: ${mode}
    columns: [{ name: doc, type: jsonb }]
    ${more}`;

let runs = 0;
async function sync(text: string, more: Partial<Parameters<typeof runSync>[1]> = {}): Promise<SyncResult> {
  runs += 1;
  return runSync(await definition(text), {
    clickhouse: place.clickhouse,
    postgresUrl: place.url,
    source: 'dbt.items',
    invocationId: `merge ${runs}`,
    ...more,
  });
}

const UPSERT = yaml('upsert', 'key: [id]\n    incremental: { column: at, overlap: 10 s }');

test('upsert brings what is new, changes what changed, and rewrites no row that is the same', async () => {
  expect(await sync(UPSERT)).toMatchObject({ rows: 1000, rowsBefore: undefined });
  const versions = () => place.pg('select id, xmin::text from items order by id');
  const before = new Map((await versions()) as [number, string][]);
  await place.ch(
    `INSERT INTO dbt.items VALUES (2000, 'new', {}, '2026-01-01 01:00:00')`,
    `ALTER TABLE dbt.items UPDATE name = 'changed', at = toDateTime('2026-01-01 01:00:00', 'UTC') WHERE id = 5 SETTINGS mutations_sync = 2`,
    // Below the mark less the overlap: not read, though it differs.
    `ALTER TABLE dbt.items UPDATE name = 'too late' WHERE id = 7 SETTINGS mutations_sync = 2`,
    // Late, but within the overlap.
    `INSERT INTO dbt.items VALUES (3000, NULL, {'x': 2}, '2026-01-01 00:16:35')`,
  );
  expect(await sync(UPSERT)).toMatchObject({ changed: { written: 3, deleted: 0 } });
  expect(await place.pg('select id, name, doc from items where id in (5, 7, 2000, 3000) order by id')).toEqual([
    [5, 'changed', { n: 1 }],
    [7, 'first', { n: 1 }],
    [2000, 'new', {}],
    [3000, null, { x: 2 }],
  ]);
  const after = new Map((await versions()) as [number, string][]);
  const rewritten = [...before.keys()].filter((id) => before.get(id) !== after.get(id));
  expect(rewritten).toEqual([5]);
  expect(await sync(UPSERT)).toMatchObject({ changed: { written: 0, deleted: 0 } });
  expect(await place.pg(`select relname from pg_class where relname like '%\\_\\_tsdbt%'`)).toEqual([]);
});

test('rows and high-water mark change together or not at all, and a hook that fails undoes both', async () => {
  await sync(UPSERT);
  const mark = () => place.pg('select high_water from tsdbt_sync_state');
  const before = await mark();
  await place.ch(`INSERT INTO dbt.items VALUES (2000, 'new', {}, '2026-02-01 00:00:00')`);
  const failing = `${UPSERT}\n    hooks: { after: ["select 1 / 0"] }`;
  await expect(sync(failing)).rejects.toThrow(/division by zero/);
  expect(await mark()).toEqual(before);
  expect(await place.pg('select count(*)::int from items')).toEqual([[1000]]);
  const hooks = `${UPSERT}\n    hooks: { before: ["create table public.log (n int)"], after: ["insert into public.log select count(*) from public.items"] }`;
  await sync(hooks);
  expect(await mark()).not.toEqual(before);
  expect(await place.pg('select n from log')).toEqual([[1001]]);
});

test('a row without a value in the column of the mark comes every time', async () => {
  await place.ch(
    'CREATE OR REPLACE TABLE dbt.items (id Int32, name String, doc Map(String, UInt8), at Nullable(Date)) ORDER BY id',
    `INSERT INTO dbt.items VALUES (1, 'dated', {}, '2026-01-01'), (2, 'undated', {}, NULL)`,
  );
  expect(await sync(UPSERT)).toMatchObject({ rows: 2 });
  await place.ch(`INSERT INTO dbt.items VALUES (3, 'undated too', {}, NULL)`);
  await sync(UPSERT);
  expect(await place.pg('select id from items order by id')).toEqual([[1], [2], [3]]);
  await expect(sync(yaml('append', 'incremental: { column: at }'))).rejects.toThrow(/2 rows have no at/);
});

test('append brings each row once', async () => {
  const append = yaml('append', 'incremental: { column: id }');
  await sync(append);
  await place.ch(`INSERT INTO dbt.items SELECT 1000 + number, 'second', map(), now() FROM numbers(10)`);
  expect(await sync(append)).toMatchObject({ rows: 10, changed: { written: 10, deleted: 0 } });
  expect(await sync(append)).toMatchObject({ rows: 0, changed: { written: 0, deleted: 0 } });
  expect(await place.pg('select count(*)::int, count(distinct id)::int from items')).toEqual([[1010, 1010]]);
});

test('mirror takes away what left the source, of the rows that it wrote itself', async () => {
  const mirror = yaml('mirror', 'key: [id]\n    drift: add');
  await sync(mirror);
  await place.pg(`insert into items (id, name) values (-1, 'somebody else''s')`);
  await place.ch(
    'ALTER TABLE dbt.items DELETE WHERE id < 50 SETTINGS mutations_sync = 2',
    'ALTER TABLE dbt.items ADD COLUMN extra Int32 DEFAULT 9',
  );
  expect(await sync(mirror)).toMatchObject({ rows: 950, rowsBefore: 1000, changed: { written: 950, deleted: 50 } });
  expect(await place.pg('select count(*)::int, min(id), max(extra) from items')).toEqual([[951, -1, 9]]);
  await place.ch('TRUNCATE TABLE dbt.items');
  await expect(sync(mirror)).rejects.toThrow(/min_rows/);
  expect(await place.pg('select count(*)::int from items')).toEqual([[951]]);
});

test('without a unique index on the key nothing is merged', async () => {
  await place.pg('create table items (id int, name text, doc jsonb, at timestamptz); create index on items (id)');
  await expect(sync(UPSERT)).rejects.toThrow(/public\.items has no unique index on its key \(id\)/);
  await place.pg('create unique index on items (id) where id > 0');
  await expect(sync(UPSERT)).rejects.toThrow(/no unique index/);
  await place.pg('create unique index on items (id)');
  expect(await sync(UPSERT)).toMatchObject({ rows: 1000 });
});

test('a column of the mark that cannot be compared is refused', async () => {
  await expect(sync(yaml('upsert', 'key: [id]\n    incremental: { column: name }'))).rejects.toThrow(
    /incremental\.column "name" must be a date, a time or a whole number/,
  );
});

const MANY = 20_000;

async function fillMany(name: string, rows = MANY): Promise<void> {
  const at = name === 'first' ? 0 : 1_000_000;
  await place.ch(
    `CREATE OR REPLACE TABLE dbt.items ENGINE = MergeTree ORDER BY id AS SELECT toInt32(number) AS id, '${name}' AS name,
      map('n', toUInt8(1)) AS doc, toDateTime('2026-01-01 00:00:00', 'UTC') + number + ${at} AS at FROM numbers(${rows})`,
  );
}

const oid = async () => (await place.pg(`select 'items'::regclass::oid`))[0]![0];
const saw = () => place.pg('select count(*)::int, min(name), max(name) from items');

test.each(['', 'incremental: { column: at }'])(
  'an upsert that changes most rows becomes a swap, and nothing of the table is lost (%s)',
  async (incremental) => {
    const upsert = yaml('upsert', `key: [id]\n    ${incremental}`);
    await fillMany('first');
    await sync(upsert);
    await place.pg(`create view items_seen as select * from items; comment on table items is 'kept'`);
    const before = await oid();
    await fillMany('second', MANY + 10);
    const result = await sync(upsert);
    expect(result).toMatchObject({ rows: MANY + 10, changed: { written: MANY + 10, deleted: 0 } });
    expect(result.phases).toMatchObject({ swap: expect.any(Number) });
    expect(await oid()).not.toBe(before);
    expect(await saw()).toEqual([[MANY + 10, 'second', 'second']]);
    expect(await place.pg(`select count(*)::int, obj_description('items'::regclass) from items_seen`)).toEqual([
      [MANY + 10, 'kept'],
    ]);
    expect(await place.pg(`select relname from pg_class where relname ~ '^items.*(bkp|__tsdbt)'`)).toEqual([]);
    expect(await sync(upsert)).toMatchObject({ changed: { written: 0, deleted: 0 } });
    await place.pg('drop view items_seen');
  },
);

test.each([
  ['a row of somebody else', '', `insert into items (id, name) values (-1, 'other')`, 1],
  ['a column that the sync does not fill', 'drift: ignore', 'alter table items add column own int default 7', 0],
  [
    'a trigger',
    '',
    `create function noted() returns trigger language plpgsql as 'begin return new; end'; create trigger noted before insert on items for each row execute function noted()`,
    0,
  ],
  ['full_swap_above: 1', 'full_swap_above: 1', 'select 1', 0],
])('an upsert stays one because of %s', async (_, more, sql, others) => {
  const upsert = yaml('upsert', `key: [id]\n    ${more}`);
  await fillMany('first');
  await sync(upsert);
  await place.pg(sql);
  const before = await oid();
  await fillMany('second');
  expect(await sync(upsert)).toMatchObject({ changed: { written: MANY, deleted: 0 } });
  expect(await oid()).toBe(before);
  expect(await place.pg(`select count(*)::int from items where name = 'second'`)).toEqual([[MANY]]);
  expect(await place.pg('select count(*)::int from items')).toEqual([[MANY + others]]);
});

test('a row that comes while the table is about to be swapped is not lost', async () => {
  const upsert = yaml('upsert', 'key: [id]');
  await fillMany('first');
  await sync(upsert);
  await fillMany('second');
  const emit = (event: SyncEvent) => {
    if (event.phase === 'index' && event.status === 'start')
      void place.pg(`insert into items (id, name) values (-1, 'other')`);
  };
  const { phases } = await sync(upsert, { emit });
  expect(phases).toMatchObject({ vacuum: expect.any(Number), merge: expect.any(Number) });
  expect(await saw()).toEqual([[MANY + 1, 'other', 'second']]);
  expect(await place.pg(`select relname from pg_class where relname like '%\\_\\_tsdbt%'`)).toEqual([]);
});
