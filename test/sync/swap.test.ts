import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSync, type SyncDefinition, type SyncEvent } from '../../src/sync/index.ts';
import { definition } from './support/definition.ts';
import { openPlace, type Place } from './support/place.ts';

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place?.close());

const BOARD = `
syncs:
  - name: board
    source: ref('board')
    connection: api
    table: board
    id: { column: id, sequence: board_id_seq }
    columns:
      - { name: ranks, type: jsonb }
    indexes:
      - { columns: [id], unique: true }
      - { columns: [month, rank] }
    guards: { min_share: 0.5 }
`;

let runs = 0;
function sync(board: SyncDefinition, more: Partial<Parameters<typeof runSync>[1]> = {}) {
  runs += 1;
  const invocationId = `00000000-0000-4000-8000-${String(runs).padStart(12, '0')}`.replace(
    /^0{8}/,
    String(runs).padStart(8, '0'),
  );
  return runSync(board, {
    clickhouse: place.clickhouse,
    postgresUrl: place.url,
    source: 'dbt.board',
    invocationId,
    ...more,
  });
}

async function fill(generation: number, rows = 20_000): Promise<void> {
  await place.ch(
    'CREATE OR REPLACE TABLE dbt.board (month Date, name String, rank Nullable(Int32), ranks Map(String, Nullable(UInt64))) ORDER BY month',
    `INSERT INTO dbt.board SELECT toDate('2026-01-01') + number % 28, 'generation ${generation}', number, map('g', ${generation}) FROM numbers(${rows})`,
  );
}

async function leftovers(): Promise<unknown[][]> {
  return place.pg(`select relname from pg_class where relname like '%tsdbt%'`);
}

test('a missing target is made from the definition, with its indexes under their own names', async () => {
  await fill(1);
  const events: SyncEvent[] = [];
  const result = await sync(await definition(BOARD), { emit: (event) => events.push(event) });
  expect(result).toMatchObject({ rows: 20_000, rowsBefore: undefined, format: 'binary', target: 'public.board' });
  expect(await place.pg(`select count(*)::int, count(distinct id)::int, min(ranks->>'g') from board`)).toEqual([
    [20_000, 20_000, '1'],
  ]);
  expect(await place.pg(`select indexname from pg_indexes where tablename = 'board' order by 1`)).toEqual([
    ['board_id_key'],
    ['board_month_rank_idx'],
  ]);
  expect(events.filter((event) => event.status === 'end').map((event) => event.phase)).toEqual([
    'plan',
    'copy',
    'verify',
    'index',
    'vacuum',
    'swap',
    'done',
  ]);
  expect(await leftovers()).toEqual([]);
});

test('readers see the old rows or the new rows through three syncs, also from a snapshot taken before', async () => {
  const board = await definition(BOARD);
  await fill(1);
  await sync(board);
  await fill(2);
  const old = new pg.Client({ connectionString: place.url });
  await old.connect();
  await old.query('begin isolation level repeatable read; select 1 from pg_class limit 1');
  const seen = new Set<string>();
  let reading = true;
  let slowest = 0;
  const reader = (async () => {
    const client = new pg.Client({ connectionString: place.url });
    await client.connect();
    while (reading) {
      const start = performance.now();
      const { rows } = await client.query(
        `select count(*)::int as n, string_agg(distinct name, ',') as names from board`,
      );
      slowest = Math.max(slowest, performance.now() - start);
      seen.add(`${rows[0].n} ${rows[0].names}`);
    }
    await client.end();
  })();
  for (const generation of [2, 3, 4]) {
    await fill(generation);
    await sync(board);
  }
  reading = false;
  await reader;
  expect([...seen].sort()).toEqual([1, 2, 3, 4].map((n) => `20000 generation ${n}`).filter((text) => seen.has(text)));
  expect(seen.size).toBeGreaterThan(1);
  expect(slowest).toBeLessThan(2000);
  const { rows } = await old.query('select count(*)::int as n, min(name) as name, max(name) as last from board');
  expect(rows).toEqual([{ n: 20_000, name: 'generation 4', last: 'generation 4' }]);
  await old.end();
  expect(await place.pg('select distinct name from board_old_bkp')).toEqual([['generation 3']]);
});

test('a failure of ClickHouse in mid-stream leaves the target as it was and nothing behind', async () => {
  const board = await definition(
    `${BOARD}
    `.replace(
      'columns:',
      `columns:
      - { name: name, expression: "if(rank = 399999, throwIf(rank = 399999, 'row 399999 is bad')::String, name)" }`,
    ),
  );
  await fill(5, 400_000);
  const before = await place.pg(`select 'public.board'::regclass::oid, count(*)::int, min(name) from board`);
  let bytes = 0;
  const emit = (event: SyncEvent) => {
    bytes = Math.max(bytes, event.bytes ?? 0);
  };
  await expect(sync(board, { emit })).rejects.toMatchObject({
    code: expect.stringMatching(/TSD/),
    message: expect.stringContaining('row 399999 is bad'),
  });
  expect(bytes).toBeGreaterThan(0);
  expect(await place.pg(`select 'public.board'::regclass::oid, count(*)::int, min(name) from board`)).toEqual(before);
  expect(await leftovers()).toEqual([]);
});

/** A mart that is rebuilt between its count and its export shows as counts that are wrong at first. */
function miscounting(...counts: readonly number[]): typeof place.clickhouse {
  const left = [...counts];
  const query: typeof place.clickhouse.query = async (sql, options) => {
    const result = await place.clickhouse.query(sql, options);
    const count = sql.startsWith('SELECT count()') ? left.shift() : undefined;
    return count === undefined ? result : { ...result, rows: [[count]] };
  };
  return Object.create(place.clickhouse, { query: { value: query } });
}

test('a mart rebuilt just before its export is counted again, one that keeps changing is not swapped in', async () => {
  await fill(5);
  const board = await definition(BOARD);
  expect(await sync(board, { clickhouse: miscounting(19_000) })).toMatchObject({ rows: 20_000 });
  await expect(sync(board, { clickhouse: miscounting(19_000, 21_000) })).rejects.toThrow(
    /20000 rows arrived, but the source has 21000/,
  );
  const numbered: SyncDefinition = { ...board, id: { ...board.id!, keep_by: ['rank'] } };
  await expect(sync(numbered, { clickhouse: miscounting(19_000) })).rejects.toThrow(/20000 rows arrived.*19000/);
  expect(await leftovers()).toEqual([]);
});

test('a mart that has shrunk is not swapped in', async () => {
  await fill(6, 500);
  await expect(sync(await definition(BOARD))).rejects.toThrow(/500 rows would replace 20000.*min_share/);
  expect(await place.pg('select count(*)::int from board')).toEqual([[20_000]]);
  expect(await leftovers()).toEqual([]);
});

test('owner, grants, comments, constraints, defaults, sequence and views on the table survive', async () => {
  await place.pg(`
    do $$ begin create role api_owner; create role api_reader; end $$;
    alter table board add column loaded_at timestamptz not null default now(), add constraint positive check (rank >= 0), add primary key (id);
    create table months (month date primary key); insert into months select date '2026-01-01' + n from generate_series(0, 27) n;
    alter table board add constraint board_month_fkey foreign key (month) references months;
    comment on table board is 'the board''s comment'; comment on column board.rank is 'from 0';
    grant select on board to api_reader with grant option; grant update (rank) on board to api_reader; grant select on board to public;
    create view best with (security_barrier) as select id, rank from board where rank < 10; grant select on best to api_reader;
    create view best_of_best as select * from best where rank = 0;
    alter table board set (fillfactor = 90); alter table board owner to api_owner`);
  const describe = () =>
    place.pg(`
    select c.relname, pg_get_userbyid(c.relowner), c.relacl::text, obj_description(c.oid), col_description(c.oid, 3), c.reloptions::text,
      (select string_agg(conname || pg_get_constraintdef(oid), ';' order by conname) from pg_constraint where conrelid = c.oid),
      (select string_agg(pg_get_indexdef(indexrelid), ';' order by indexrelid::regclass::text) from pg_index where indrelid = c.oid),
      (select string_agg(attname || attnotnull || coalesce(attacl::text, '') || coalesce(pg_get_expr(adbin, adrelid), ''), ';' order by attnum)
        from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum where attrelid = c.oid and attnum > 0 and not attisdropped),
      pg_get_viewdef(c.oid), pg_get_serial_sequence('board', 'id')
    from pg_class c where relname in ('board', 'best', 'best_of_best') order by 1`);
  const before = await describe();
  await fill(7);
  await sync(await definition(BOARD));
  await sync(await definition(BOARD));
  expect(await describe()).toEqual(before);
  expect(await place.pg('select count(*)::int from best')).toEqual([[10]]);
  expect(await place.pg(`select count(*)::int, min(name) from board where loaded_at is not null`)).toEqual([
    [20_000, 'generation 7'],
  ]);
  await place.pg('drop table board_old_bkp');
});

test('what a swap would lose stops the sync before anything is loaded', async () => {
  await place.pg('create table archive (was board)');
  await expect(sync(await definition(BOARD))).rejects.toThrow(/would lose.*columns of its row type: archive\.was/);
  await sync(await definition(`${BOARD}    may_lose: [row_type]\n`));
  await sync(await definition(`${BOARD}    may_lose: [row_type]\n`));
  expect(
    await place.pg(
      `select attname from pg_attribute where attrelid = 'archive'::regclass and attnum > 0 and not attisdropped`,
    ),
  ).toEqual([]);
  await place.pg('drop table archive');
});

test('two syncs of one table do not run at once, and what a dead one left is swept', async () => {
  await place.pg('create table board__tsdbt_0123456789ab (n int); create table board__tsdbt_other (n int)');
  const board = await definition(BOARD);
  const both = await Promise.allSettled([sync(board), sync(board)]);
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find((one) => one.status === 'rejected')).toMatchObject({
    reason: { message: expect.stringContaining('another sync of public.board is running') },
  });
  expect(await leftovers()).toEqual([['board__tsdbt_other']]);
  await place.pg('drop table board__tsdbt_other');
});

test('a reader that holds the table is waited for without making others wait, and named when it stays', async () => {
  const board = { ...(await definition(BOARD)), timeouts: { load: 60, download: 60, index: 60, vacuum: 60, swap: 1 } };
  const holder = new pg.Client({ connectionString: place.url, application_name: 'long report' });
  await holder.connect();
  await holder.query('begin; select count(*) from board');
  await expect(sync(board)).rejects.toThrow(/held by backend \d+ \(.*long report/);
  await holder.query('commit');
  await holder.end();
  expect(await leftovers()).toEqual([]);
});
