import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { applySchema, loadSyncs, runSync, type SyncDefinition } from '../../src/sync/index.ts';
import { openPlace, type Place } from './support/place.ts';

let place: Place;
let syncs: readonly SyncDefinition[];

beforeAll(async () => {
  place = await openPlace();
  const loaded = await loadSyncs('project/syncs');
  expect(loaded.problems).toEqual([]);
  syncs = loaded.syncs;
});
afterAll(() => place?.close());

const SCHEMA = readFileSync('project/syncs/api_schema.sql', 'utf8');

/** A mart with the columns that the API's table was made for, of which only these matter here. */
async function mart(name: string, columns: string, rows: number): Promise<void> {
  await place.ch(`CREATE OR REPLACE TABLE dbt.${name} ORDER BY tuple() AS SELECT ${columns} FROM numbers(${rows})`);
}

async function accounts(instagram: number, youtube: number): Promise<void> {
  const audience = `map('F', 0.5, 'M', number / 7) AS audience_gender, map('18-24', 1.) AS audience_age`;
  await mart(
    'mart_instagram_account',
    `concat('ig', toString(number)) AS ig_id, toNullable('handle') AS handle, ${audience}, 'phrase ' || ig_id AS search_phrase`,
    instagram,
  );
  await mart(
    'mart_youtube_account',
    `concat('UC', toString(number)) AS channel_id, ${audience}, 'phrase ' || channel_id AS search_phrase`,
    youtube,
  );
}

let runs = 0;
async function run(name: string) {
  const sync = syncs.find((one) => one.name === name)!;
  runs += 1;
  return runSync(
    { ...sync, drift: 'add' },
    {
      clickhouse: place.clickhouse,
      postgresUrl: place.url,
      source: `dbt.${(sync.source as { name: string }).name}`,
      invocationId: `run ${runs}`,
    },
  );
}

beforeEach(async () => {
  await place.pg(
    'drop table if exists leaderboard, leaderboard_old_bkp, instagram_account, youtube_account, instagram_account_old_bkp, youtube_account_old_bkp',
  );
  await applySchema(place.url, SCHEMA);
  await applySchema(place.url, SCHEMA);
});

test('the three definitions: accounts keep their ids, the leaderboard is enriched from both platforms', async () => {
  await accounts(100, 50);
  expect(await run('instagram_account')).toMatchObject({ rows: 100, format: 'binary' });
  await run('youtube_account');
  const ids = await place.pg('select ig_id, id from instagram_account order by 1');
  expect(new Set(ids.map(([, id]) => id)).size).toBe(100);

  await mart(
    'mart_leaderboard',
    `toDate('2026-10-01') AS month, ['INSTAGRAM', 'YOUTUBE', 'ALL'][1 + number % 3] AS platform,
     if(number % 2 = 0, 'INSTAGRAM', 'YOUTUBE') AS profile_platform,
     concat(if(profile_platform = 'INSTAGRAM', 'ig', 'UC'), toString(intDiv(number, 2) % 51)) AS platform_id,
     toUInt64(number + 1) AS followers_rank, toNullable(toUInt64(number)) AS followers_change_rank, toUInt64(1) AS views_rank, toUInt64(1) AS plays_rank,
     map('followers_rank', toNullable(number)) AS last_month_ranks, map('followers_rank', toNullable(number)) AS current_month_ranks`,
    3000,
  );
  const result = await run('leaderboard');
  expect(result).toMatchObject({ rows: 3000, format: 'binary', enriched: { keys: 102, found: 101 } });
  expect(
    await place.pg(`select count(*)::int from leaderboard l join instagram_account a on a.id = l.platform_profile_id
      where l.profile_platform = 'INSTAGRAM' and a.ig_id = l.platform_id and a.audience_gender = l.audience_gender and a.search_phrase = l.search_phrase`),
  ).toEqual([[1500]]);
  expect(
    await place.pg(`select distinct platform_id, search_phrase from leaderboard where platform_profile_id is null`),
  ).toEqual([['UC50', null]]);
  expect(await place.pg(`select indexname from pg_indexes where tablename = 'leaderboard' order by 1`)).toEqual([
    ['leaderboard_followers_change_rank_idx'],
    ['leaderboard_id_key'],
    ['leaderboard_month_platform_idx'],
    ['leaderboard_month_platform_profile_idx'],
    ['leaderboard_plays_rank_idx'],
    ['leaderboard_views_rank_idx'],
  ]);

  await accounts(120, 50);
  await run('instagram_account');
  expect(
    (await place.pg('select ig_id, id from instagram_account order by 1')).filter(([ig]) =>
      ids.some(([old]) => old === ig),
    ),
  ).toEqual(ids);
  expect(await place.pg('select count(distinct id)::int, count(*)::int from instagram_account')).toEqual([[120, 120]]);
  await place.pg(`insert into instagram_account (ig_id) values ('by the API')`);
  expect(await place.pg(`select indexname from pg_indexes where tablename = 'instagram_account' order by 1`)).toEqual([
    ['instagram_account_handle_idx'],
    ['instagram_account_ig_id_key'],
    ['instagram_account_pkey'],
  ]);
});

test('a leaderboard whose profiles are not known is not swapped in', async () => {
  await accounts(10, 10);
  await run('instagram_account');
  await run('youtube_account');
  await mart(
    'mart_leaderboard',
    `'INSTAGRAM' AS profile_platform, concat('ig', toString(number)) AS platform_id, 'ALL' AS platform, toDate(0) AS month, 1::UInt64 AS followers_rank, 1::UInt64 AS followers_change_rank, 1::UInt64 AS views_rank, 1::UInt64 AS plays_rank, map('a', 1) AS last_month_ranks, map('a', 1) AS current_month_ranks`,
    100,
  );
  await expect(run('leaderboard')).rejects.toThrow(/only 10 of 100 keys were found/);
  expect(await place.pg('select count(*)::int from leaderboard')).toEqual([[0]]);
});

test('a target that is missing altogether is made from the definition', async () => {
  await place.pg('drop table instagram_account');
  await accounts(5, 5);
  await run('instagram_account');
  expect(
    await place.pg(
      `select a.attname::text, format_type(a.atttypid, -1) from pg_attribute a where attrelid = 'instagram_account'::regclass and attnum > 0 order by attnum`,
    ),
  ).toEqual([
    ['id', 'bigint'],
    ['ig_id', 'text'],
    ['handle', 'text'],
    ['audience_gender', 'jsonb'],
    ['audience_age', 'jsonb'],
    ['search_phrase', 'text'],
  ]);
  expect(
    await place.pg(
      `select count(distinct id)::int, pg_get_serial_sequence('instagram_account', 'id') from instagram_account`,
    ),
  ).toEqual([[5, 'public.instagram_account_id_seq']]);
});

test('two rows with one key are refused by name', async () => {
  await accounts(5, 5);
  await place.ch(`INSERT INTO dbt.mart_instagram_account SELECT * FROM dbt.mart_instagram_account LIMIT 1`);
  await expect(run('instagram_account')).rejects.toThrow(/key ig_id is not unique: 2 rows have "ig\d"/);
});
