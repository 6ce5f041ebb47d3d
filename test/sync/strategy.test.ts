import { afterAll, beforeAll, expect, test } from 'vitest';
import { rollbackSync, runSync } from '../../src/sync/index.ts';
import { definition } from './support/definition.ts';
import { openPlace, type Place } from './support/place.ts';

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place?.close());

let runs = 0;
function deps(source = 'dbt.board') {
  runs += 1;
  return { clickhouse: place.clickhouse, postgresUrl: place.url, source, invocationId: `strategy ${runs}` };
}

const BOARD = (more = '') => `
syncs:
  - name: board
    source: board
    connection: api
    table: board
    strategy: view
    key: [id]
    indexes: [{ columns: [id], unique: true }]
    ${more}`;

async function fill(generation: number, more = ''): Promise<void> {
  await place.ch(
    `CREATE OR REPLACE TABLE dbt.board ENGINE = MergeTree ORDER BY id AS SELECT toInt32(number) AS id, ${generation} AS generation${more} FROM numbers(100)`,
  );
}

const saw = (relation: string) => place.pg(`select count(*)::int, max(generation)::int from ${relation}`);

test('with strategy view readers know a view, which stays, with all that rests on it', async () => {
  await fill(1);
  await runSync(await definition(BOARD()), deps());
  await place.pg(`create view best as select * from board where id < 10; create table kept (was board);
    create role board_reader; grant select on board to board_reader; comment on view board is 'read me'`);
  const before = await place.pg(
    `select 'board'::regclass::oid, relkind::text, relacl::text from pg_class where relname = 'board'`,
  );
  for (const generation of [2, 3]) {
    await fill(generation);
    await runSync(await definition(BOARD()), deps());
  }
  expect(
    await place.pg(`select 'board'::regclass::oid, relkind::text, relacl::text from pg_class where relname = 'board'`),
  ).toEqual(before);
  expect(await saw('board')).toEqual([[100, 3]]);
  expect(await saw('best')).toEqual([[10, 3]]);
  expect(await place.pg(`select relname from pg_class where relname like 'board%' order by 1`)).toEqual([
    ['board'],
    ['board_data'],
    ['board_id_key'],
    ['board_id_key_bkp'],
    ['board_old_bkp'],
  ]);
  await rollbackSync(await definition(BOARD()), deps());
  expect(await saw('best')).toEqual([[10, 2]]);
});

test('a column that is added comes into the view too', async () => {
  await fill(4, `, 'new' AS label`);
  await runSync(await definition(BOARD('drift: add')), deps());
  expect(await place.pg('select distinct label from board')).toEqual([['new']]);
});

test('a table that has the name of the view is not touched, and the way out is told', async () => {
  await place.pg('create table taken (id int, generation int)');
  const sync = await definition(BOARD().replace('table: board', 'table: taken'));
  await expect(runSync(sync, deps())).rejects.toThrow(/alter table "public"\."taken" rename to "taken_data"/);
});

test('a table of many wide columns is encoded by more than ClickHouse takes of a person', async () => {
  const columns = Array.from({ length: 200 }, (_, i) => `toDecimal128(number + ${i}, 10) AS c${i}`);
  const sync = await definition('syncs: [{ name: broad, source: x, connection: api, table: broad }]');
  const result = await runSync(sync, deps(`(SELECT ${columns.join(', ')} FROM numbers(10))`));
  expect(result).toMatchObject({ rows: 10, format: 'binary' });
  expect(await place.pg('select sum(c199)::text from broad')).toEqual([['2035.0000000000']]);
});
