import pg from 'pg';
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

const PARTS = (more = '') =>
  BOARD(more)
    .replace('strategy: view', 'strategy: partition')
    .replaceAll('board', 'parts')
    .replace('source: parts', 'source: board');

test('with strategy partition readers know a partitioned table, which stays, with all that rests on it', async () => {
  await fill(1);
  await runSync(await definition(PARTS()), deps());
  await place.pg(`create view best_parts as select * from parts where id < 10; create table kept_part (was parts);
    create function of_part(parts) returns int language sql immutable as 'select ($1).id'; create publication live for table parts;
    create role part_reader; grant select on parts to part_reader; comment on table parts is 'read me';
    create index by_generation on parts (generation);
    create function stamp() returns trigger language plpgsql as 'begin return new; end';
    create trigger stamped before insert on parts for each row execute function stamp()`);
  const about = `select 'parts'::regclass::oid, relkind::text, relacl::text, obj_description(oid), (select count(*)::int from pg_publication_rel where prrelid = c.oid) from pg_class c where relname = 'parts'`;
  const before = await place.pg(about);
  const old = new pg.Client({ connectionString: place.url });
  await old.connect();
  await old.query('begin isolation level repeatable read; select 1');
  for (const generation of [2, 3]) {
    await fill(generation);
    await runSync(await definition(PARTS()), deps());
  }
  expect(await place.pg(about)).toEqual(before);
  expect((await old.query('select count(*)::int as rows from parts')).rows).toEqual([{ rows: 100 }]);
  await old.end();
  expect(await saw('parts')).toEqual([[100, 3]]);
  expect(await saw('best_parts')).toEqual([[10, 3]]);
  expect(await place.pg('select of_part(p) from parts p where id = 7')).toEqual([[7]]);
  expect(
    await place.pg(
      `select i.inhrelid::regclass::text from pg_inherits i where i.inhparent in ('parts'::regclass, 'by_generation'::regclass)`,
    ),
  ).toEqual([['parts_data'], ['parts_data_generation_idx']]);
  expect(await place.pg(`select tgrelid::regclass::text from pg_trigger where tgname = 'stamped' order by 1`)).toEqual([
    ['parts'],
    ['parts_data'],
  ]);
  await rollbackSync(await definition(PARTS()), deps());
  expect(await saw('best_parts')).toEqual([[10, 2]]);
  await fill(4, `, 'new' AS label`);
  await runSync(await definition(PARTS('drift: add')), deps());
  expect(await place.pg('select distinct label from parts')).toEqual([['new']]);
});

test('what cannot be detached is refused, and rows are merged into a partition too', async () => {
  await place.pg(`alter table parts add unique (id); create table refers (part int references parts (id))`);
  await expect(runSync(await definition(PARTS()), deps())).rejects.toThrow(
    /a foreign key of refers refers to public.parts/,
  );
  await place.pg('drop table refers');
  const merged = PARTS('mode: upsert').replaceAll('parts', 'merged_parts').replace('drift: add', '');
  await fill(5);
  await runSync(await definition(merged), deps());
  await fill(6, ', 7 AS more');
  await runSync(await definition(`${merged}\n    drift: add`), deps());
  expect(await place.pg('select count(*)::int, min(generation)::int, max(more)::int from merged_parts')).toEqual([
    [100, 6, 7],
  ]);
});

test('a table becomes a partition by being renamed, and keeps who may read it', async () => {
  await place.pg(`create table once (id int, generation int); grant select on once to part_reader`);
  const once = PARTS().replaceAll('parts', 'once');
  await fill(1);
  await expect(runSync(await definition(once), deps())).rejects.toThrow(
    /its name is the partitioned table's: alter table "public"."once" rename to "once_data"/,
  );
  await place.pg('alter table once rename to once_data');
  await runSync(await definition(once), deps());
  await place.pg('set role part_reader');
  expect(await saw('once')).toEqual([[100, 1]]);
  await place.pg('reset role');
});
