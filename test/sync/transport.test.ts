import { afterAll, beforeAll, expect, test } from 'vitest';
import { previewSync, runSync, type SyncEvent, stageAccess } from '../../src/sync/index.ts';
import { type Bucket, openBucket } from './support/bucket.ts';
import { definition } from './support/definition.ts';
import { openPlace, type Place } from './support/place.ts';

let place: Place;
let bucket: Bucket;
beforeAll(async () => {
  [place, bucket] = await Promise.all([openPlace(), openBucket()]);
  await place.ch(
    'CREATE TABLE dbt.board (id UInt64, name String, rate Nullable(Float64)) ORDER BY id',
    `INSERT INTO dbt.board SELECT number + 9007199254740993, 'n' || toString(number), if(number % 2 = 0, nan, NULL) FROM numbers(1000)`,
  );
  await place.pg(
    `create table account (id bigint, phrase text); insert into account values (9007199254740993, 'found')`,
  );
});
afterAll(async () => {
  await bucket?.close();
  await place?.close();
});

const BOARD = (transport: string) => `
syncs:
  - name: board
    source: board
    connection: api
    table: board
    key: [id]
    columns: [{ name: id, type: bigint }]
    enrichment: [{ table: account, match: { id: id }, columns: { phrase: phrase } }]
    transport: ${transport}`;

let runs = 0;
function deps(more: object = {}) {
  runs += 1;
  const { clickhouse, url: postgresUrl } = place;
  return { clickhouse, postgresUrl, source: 'dbt.board', invocationId: `s3 ${runs}`, stage: bucket.access, ...more };
}

test('over S3 the file is JSONEachRow with whole numbers as numbers, written anew by each run', async () => {
  const sync = await definition(BOARD('{ s3: marts }'));
  const phases: string[] = [];
  const emit = (event: SyncEvent) => event.status === 'start' && phases.push(event.phase);
  for (let run = 0; run < 2; run++) expect(await runSync(sync, deps({ emit }))).toMatchObject({ rows: 1000 });
  expect(phases.slice(0, 4)).toEqual(['plan', 'stage', 'copy', 'verify']);
  const lines = bucket.read('syncs/board.json')!.trim().split('\n');
  expect(lines).toHaveLength(1000);
  expect(lines).toContain('{"id":9007199254740993,"name":"n0","rate":"nan","phrase":"found"}');
  expect(await place.pg(`select id::text, rate::text, phrase from board where id = 9007199254740993`)).toEqual([
    ['9007199254740993', 'NaN', 'found'],
  ]);
  expect(await place.pg('select count(*)::int from board')).toEqual([[1000]]);
});

test('no secret is in the plan, in an error, or in the log of ClickHouse', async () => {
  const secret = 'wJalrXUtnFEMI';
  const stage = stageAccess({ url: bucket.url, access_key_id: 'AKIAEXAMPLE', secret_access_key: secret });
  const sync = await definition(BOARD('{ s3: marts, format: Parquet }'));
  const { statements } = await previewSync(sync, deps({ stage }));
  const text = statements.join('\n');
  expect(text).toContain(`'[HIDDEN]', 'Parquet'`);
  expect(text).not.toMatch(/wJalr|AKIA/);
  const gone = stageAccess({
    url: 'http://127.0.0.1:1/marts',
    access_key_id: 'AKIAEXAMPLE',
    secret_access_key: secret,
  });
  const failure = await runSync(sync, deps({ stage: gone })).catch((error: unknown) => error as Error);
  expect(failure).toMatchObject({ code: expect.stringMatching(/^TSD/) });
  expect(String((failure as Error).message)).not.toContain(secret);
  await place.ch('SYSTEM FLUSH LOGS');
  const logged = await place.clickhouse.query(
    `SELECT count(), countIf(position(query, 'wJalr') > 0 OR position(exception, 'wJalr') > 0) FROM system.query_log
     WHERE position(query, '127.0.0.1:1/marts') > 0 AND position(query, 'query_log') = 0`,
  );
  expect(logged.rows[0]![0]).toBeGreaterThan(0);
  expect(logged.rows[0]![1]).toBe(0);
});

test.each(['JSONEachRow', 'Parquet'])('a bucket that is not there keeps the old table: %s', async (format) => {
  const sync = await definition(BOARD(`{ s3: marts, format: ${format} }`));
  await runSync(sync, deps());
  const before = await place.pg(`select 'board'::regclass::oid, count(*)::int from board`);
  const stage = stageAccess({
    url: bucket.url.replace('/marts/', '/none/'),
    access_key_id: 'S3RVER',
    secret_access_key: 'S3RVER',
  });
  await expect(runSync(sync, deps({ stage }))).rejects.toThrow(/S3_ERROR/);
  expect(await place.pg(`select 'board'::regclass::oid, count(*)::int from board`)).toEqual(before);
  expect(await place.pg(`select relname from pg_class where relname like '%tsdbt%'`)).toEqual([]);
});

test('a type that Parquet has no room for is refused before the run', async () => {
  const sync = await definition(BOARD('{ s3: marts, format: Parquet }').replace('table: board', 'table: spans'));
  const source = `(SELECT 1::UInt64 AS id, map('a', INTERVAL 3 DAY) AS spans)`;
  await expect(runSync(sync, deps({ source }))).rejects.toThrow(
    /Map\(String, IntervalDay\) does not pass through Parquet/,
  );
});

test.each([
  [{}, /has no url/],
  [{ url: 'ftp://x' }, /has no url/],
  [{ url: 'http://x/b', access_key_id: 'only' }, /only one of/],
  [{ url: 'http://x/b', named_collection: 'c' }, /named_collection and a url/],
])('an s3 output that cannot be is refused: %o', (credentials, message) => {
  expect(() => stageAccess(credentials)).toThrow(message);
});
