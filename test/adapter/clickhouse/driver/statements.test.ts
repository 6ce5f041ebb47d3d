import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Driver } from '../../../../src/adapter/index.ts';
import { driverOnServer } from '../private-server.ts';

let driver: Driver;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ driver, close } = await driverOnServer());
});
afterAll(() => close());

const first = async (sql: string): Promise<unknown> => (await driver.query(sql)).rows[0]?.[0];

test('the schema is made, and is where statements run', async () => {
  expect(await first('SELECT currentDatabase()')).toBe('main');
  expect(driver.serverVersion).toMatch(/^\d+\.\d+/);
});

test('changes have happened when the statement returns, and count what they did', async () => {
  expect((await driver.query('CREATE TABLE m (a Int64, b String) ORDER BY a')).rows).toEqual([]);
  const insert = await driver.query("INSERT INTO m SELECT number, 'x' FROM numbers(100)");
  expect(insert).toMatchObject({ rows: [], columns: [], summary: { writtenRows: 100 } });
  await driver.query("ALTER TABLE m UPDATE b = 'y' WHERE a < 50");
  expect(await first("SELECT count() FROM m WHERE b = 'y'")).toBe(50);
  await driver.query('DELETE FROM m WHERE a < 50');
  expect(await first('SELECT count() FROM m')).toBe(50);
});

test('a query id of our own on every statement', async () => {
  const queryId = randomUUID();
  expect((await driver.query('SELECT 1 /* marked */', { queryId })).queryId).toBe(queryId);
  await driver.query('SYSTEM FLUSH LOGS');
  expect(await first(`SELECT query FROM system.query_log WHERE query_id = '${queryId}' AND type = 2`)).toContain(
    'marked',
  );
});

test('settings of one statement, and rows left where they are not wanted', async () => {
  expect((await driver.query("SELECT getSetting('max_threads')", { settings: { max_threads: 1 } })).rows).toEqual([
    [1],
  ]);
  expect((await driver.query('SELECT 1', { fetch: false })).rows).toEqual([]);
  expect((await driver.query('EXISTS TABLE nope')).rows).toEqual([[0]]);
  expect((await driver.query('/* a */ -- b\n(SELECT 1)')).rows).toEqual([[1]]);
});

const WRONG: readonly [sql: string, number: number, name: string, position: object | undefined][] = [
  ['SELEC 1', 62, 'SYNTAX_ERROR', { line: 1, col: 1 }],
  ['SELECT 1,\n  2 frm x', 62, 'SYNTAX_ERROR', { line: 2, col: 9 }],
  ["SELECT 'üü', 1\n  frm x", 62, 'SYNTAX_ERROR', { line: 2, col: 7 }],
  ['SELECT * FROM nope', 60, 'UNKNOWN_TABLE', undefined],
  ['SELECT nope FROM system.one', 47, 'UNKNOWN_IDENTIFIER', undefined],
  ['CREATE TABLE system.one (a Int8) ENGINE = Memory', 57, 'TABLE_ALREADY_EXISTS', undefined],
  ["SELECT throwIf(1, 'own (WORDS) here')", 395, 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO', undefined],
];

test.each(WRONG)('%s', async (sql, number, name, position) => {
  const error = await driver.query(sql).then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toMatchObject({ code: 'TSD3001', databaseError: { number, name, position } });
  const { message } = error as Error;
  expect(message).toMatch(new RegExp(`^Code: ${number}\\. DB::Exception: .*\\(${name}\\)$`, 's'));
  expect(message).not.toContain('Stack trace');
});

test('an error after the answer has begun (dbt-clickhouse #141)', async () => {
  const late = 'SELECT number, throwIf(number = 2000000) FROM numbers(3000000)';
  await expect(driver.query(late)).rejects.toMatchObject({ databaseError: { number: 395 } });
  const { stream } = await driver.exportStream(`${late} FORMAT RowBinary`);
  await expect(stream.resume().toArray()).rejects.toMatchObject({ code: 'TSD3001', databaseError: { number: 395 } });
  await driver.query('CREATE TABLE late (a UInt64) ENGINE = Memory');
  const into = 'INSERT INTO late SELECT throwIf(number = 3) + sleepEachRow(0.2) FROM numbers(4)';
  // Progress goes out before the error, and with it the status 200.
  const settings = { max_block_size: 1, http_headers_progress_interval_ms: 50 };
  await expect(driver.query(into, { settings })).rejects.toMatchObject({ databaseError: { number: 395 } });
});

test('bytes in and out', async () => {
  await driver.query('CREATE TABLE bytes (a Int64, b String) ORDER BY a');
  const lines = Array.from({ length: 5000 }, (_, i) => `${i},"text, ${i}"\n`);
  const inserted = await driver.insertStream('INSERT INTO bytes FORMAT CSV', Readable.from(lines));
  expect(inserted.summary?.writtenRows).toBe(5000);
  const { stream } = await driver.exportStream('SELECT * FROM bytes ORDER BY a FORMAT CSV');
  expect(await text(stream)).toBe(lines.join(''));
  const wrong = driver.insertStream('INSERT INTO bytes FORMAT CSV', Readable.from(['1,a\n', 'no number,b\n']));
  await expect(wrong).rejects.toMatchObject({
    databaseError: { name: expect.stringMatching(/^(INCORRECT_DATA|CANNOT_PARSE)/) },
  });
});

test('a source that breaks: its error, and nothing inserted', async () => {
  await driver.query('CREATE TABLE broken (a Int64) ORDER BY a');
  const source = Readable.from(
    (async function* () {
      yield '1\n';
      throw new Error('the file is gone');
    })(),
  );
  await expect(driver.insertStream('INSERT INTO broken FORMAT CSV', source)).rejects.toThrow('the file is gone');
  await sleep(200);
  expect(await first('SELECT count() FROM broken')).toBe(0);
});

const SLOW = 'SELECT count() FROM numbers(600) WHERE sleepEachRow(0.1) = 0 SETTINGS max_block_size = 1';
const running = async (like: string): Promise<unknown> =>
  first(`SELECT count() FROM system.processes WHERE query LIKE '%${like}%' AND query NOT LIKE '%processes%'`);

test('abort kills the statement on the server, as dbt-clickhouse does not', async () => {
  const abort = new AbortController();
  const slow = driver.query(`${SLOW} /* to abort */`, { abort: abort.signal });
  setTimeout(() => abort.abort(), 200);
  await expect(slow).rejects.toMatchObject({ databaseError: { number: 394, name: 'QUERY_WAS_CANCELLED' } });
  expect(await running('to abort')).toBe(0);
  await expect(driver.query('SELECT 1', { abort: abort.signal })).rejects.toMatchObject({
    databaseError: { number: 394 },
  });
});

test('cancelAll kills all there is, and a reader that goes away ends its statement', async () => {
  const slow = [1, 2].map(() => driver.query(`${SLOW} /* to cancel */`));
  const all = Promise.allSettled(slow);
  await sleep(200);
  await driver.cancelAll();
  expect((await all).map((r) => r.status)).toEqual(['rejected', 'rejected']);
  const { stream } = await driver.exportStream('SELECT * FROM system.numbers /* to leave */ FORMAT RowBinary');
  stream.destroy();
  for (let i = 0; i < 100 && (await running('to leave')) !== 0; i++) await sleep(20);
  expect(await running('to leave')).toBe(0);
});

test('a session keeps temporary tables and settings, its statements one by one, until it ends', async () => {
  const session = { sessionId: randomUUID() };
  await driver.query('CREATE TEMPORARY TABLE tmp (a Int8)', session);
  await driver.query('SET max_block_size = 1234', session);
  await Promise.all(Array.from({ length: 5 }, () => driver.query('INSERT INTO tmp SELECT sleep(0.02)', session)));
  expect((await driver.query('SELECT count() FROM tmp', session)).rows).toEqual([[5]]);
  expect((await driver.query("SELECT getSetting('max_block_size')", session)).rows).toEqual([[1234]]);
  await expect(driver.query('SELECT * FROM tmp')).rejects.toMatchObject({ databaseError: { name: 'UNKNOWN_TABLE' } });
  await driver.endSession(session.sessionId);
  await expect(driver.query('SELECT * FROM tmp', session)).rejects.toMatchObject({ databaseError: { number: 60 } });
});

test('threads run beside each other', async () => {
  const before = Date.now();
  await Promise.all(Array.from({ length: 4 }, () => driver.query('SELECT sleep(0.5)')));
  expect(Date.now() - before).toBeLessThan(1500);
});
