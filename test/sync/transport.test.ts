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

const DEALT = (more = '') => `
syncs:
  - name: dealt
    source: x
    connection: api
    table: dealt
    key: [id]
    retry: { times: 0 }
    transport: { streams: 3 }
    ${more}`;

async function fillDealt(): Promise<void> {
  await place.ch(
    `CREATE OR REPLACE TABLE dbt.dealt (id UInt32, text Nullable(String)) ORDER BY id`,
    `INSERT INTO dbt.dealt SELECT number, if(number % 5 = 0, NULL, concat(randomPrintableASCII(number % 300), '\n\t')) FROM numbers(60000)`,
  );
}

test.each(['binary', 'text'] as const)(
  'several streams load the rows of one export, each row whole and once: %s',
  async (format) => {
    await fillDealt();
    const sync = await definition(DEALT());
    const { notes, statements } = await previewSync(sync, deps({ source: 'dbt.dealt' }));
    expect(notes.join()).toMatch(/without FREEZE: a REPEATABLE READ transaction/);
    expect(statements.join()).not.toMatch(/freeze/);
    const loading = new Set<string>();
    const look = setInterval(async () => {
      const rows = await place.pg(`select pid::text from pg_stat_progress_copy`).catch(() => []);
      for (const [pid] of rows) loading.add(String(pid));
    }, 5);
    // Figures of every column are compared, lengths of texts among them.
    expect(await runSync(sync, deps({ source: 'dbt.dealt', format }))).toMatchObject({ rows: 60_000, format });
    clearInterval(look);
    expect(loading.size).toBeGreaterThan(1);
    expect(await place.pg(`select count(distinct id)::int, count(text)::int from dealt`)).toEqual([[60_000, 48_000]]);
  },
);

test('when one of several streams fails, all of them do', async () => {
  const before = await place.pg(`select 'dealt'::regclass::oid, count(*)::int from dealt`);
  const bad = await definition(DEALT(`columns: [{ name: text, expression: "if(id = 30000, 'a\\0', text)" }]`));
  await expect(runSync(bad, deps({ source: 'dbt.dealt' }))).rejects.toThrow(/column "text", id = 30000/);
  const emit = ({ phase, status }: SyncEvent) => {
    if (phase !== 'copy' || status !== 'start') return;
    const end = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tsdbt sync dealt stream' limit 1`;
    const strike = setInterval(async () => {
      const rows = await place.pg(end).catch(() => []);
      if (rows.length > 0) clearInterval(strike);
    }, 2);
  };
  const slow = `(SELECT id, concat(ifNull(text, ''), repeat('x', 2000)) AS text FROM dbt.dealt)`;
  await expect(runSync(await definition(DEALT()), deps({ source: slow, emit }))).rejects.toMatchObject({
    code: expect.stringMatching(/^TSD500[23]$/),
  });
  expect(await place.pg(`select 'dealt'::regclass::oid, count(*)::int from dealt`)).toEqual(before);
  expect(await place.pg(`select relname from pg_class where relname like '%tsdbt%'`)).toEqual([]);
});
