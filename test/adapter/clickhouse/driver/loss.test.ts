import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findReach } from '../../../../src/adapter/clickhouse/driver/reach.ts';
import { type Driver, ensureServer, openDriver, type PrivateServer } from '../../../../src/adapter/index.ts';
import { scratch } from '../private-server.ts';
import { proxyTo, type Wire } from './proxy.ts';

const place = scratch();
let server: PrivateServer;
let proxy: Wire;
/** Its server is known to be the only one; `careful` has to ask whether there are others behind the same address. */
let driver: Driver;
let careful: Driver;
beforeAll(async () => {
  server = await ensureServer({ dataDir: join(place.dir, 'ch') });
  proxy = await proxyTo(server.port);
  const credentials = { ...server, port: proxy.port, schema: 'main' };
  driver = await openDriver(credentials, { singleServer: true });
  careful = await openDriver(credentials);
});
afterAll(async () => {
  await Promise.all([driver.close(), careful.close()]);
  proxy.close();
  await place.remove();
});
beforeEach(async () => {
  await driver.query('DROP TABLE IF EXISTS t');
  await driver.query('CREATE TABLE t (a Int64) ORDER BY a');
});
const rows = async (): Promise<unknown> => (await driver.query('SELECT count() FROM t')).rows[0]?.[0];

test('an insert whose answer is lost is done, and done once', async () => {
  proxy.cut('INSERT INTO t', 'at-answer');
  expect(await driver.query('INSERT INTO t SELECT 1')).toMatchObject({ rows: [], summary: undefined });
  expect(await rows()).toBe(1);
});

test('one that still runs is waited for (dbt-clickhouse #65)', async () => {
  proxy.cut('INSERT INTO t', 'after');
  await careful.query('INSERT INTO t SELECT sleepEachRow(0.2) FROM numbers(4)');
  expect(await rows()).toBe(4);
});

test('one that fails after the loss fails with the server’s error', async () => {
  proxy.cut('INSERT INTO t', 'after');
  const lost = driver.query('INSERT INTO t SELECT sleepEachRow(0.2) + throwIf(number = 2) FROM numbers(4)');
  await expect(lost).rejects.toMatchObject({ code: 'TSD3001', databaseError: { number: 395 } });
});

test('one that never arrived is sent again, also where the server has to be asked whether it is the only one', async () => {
  proxy.cut('INSERT INTO t', 'before');
  await driver.query('INSERT INTO t SELECT 1');
  expect(await rows()).toBe(1);
  // As when a server closes a connection that rested while we use it again.
  proxy.cut('INSERT INTO t', 'before');
  await careful.query('INSERT INTO t SELECT 2');
  expect(await rows()).toBe(2);
});

test.each([
  ['another server may have got it', { cluster: 'out_of_reach' }],
  ['the log does not tell of everything', { custom_settings: { log_queries_min_query_duration_ms: 60_000 } }],
])('it is told as unknown where %s', async (_, more) => {
  const unsure = await openDriver({ ...server, port: proxy.port, schema: 'main', ...more });
  proxy.cut('INSERT INTO t', 'before');
  await expect(unsure.query('INSERT INTO t SELECT 2')).rejects.toMatchObject({
    code: 'TSD3002',
    message: expect.stringContaining('lost while a statement ran'),
    hint: expect.stringContaining('system.query_log'),
  });
  await unsure.close();
  expect(await rows()).toBe(0);
});

test.each([
  ['alone', undefined, [0, null, 4], { cluster: undefined, isAll: true }],
  ['alone, and its log told of a part', undefined, [0, null, 3], { cluster: undefined, isAll: false }],
  ['one of a cluster', undefined, [3, 'three', 4], { cluster: 'three', isAll: true }],
  ['one of the profile’s cluster', 'mine', [3, 'three', 4], { cluster: 'mine', isAll: true }],
  ['with Keeper, and in no cluster', undefined, [1, null, 4], { cluster: undefined, isAll: false }],
] as const)('whom to ask of a statement that is lost: a server %s', async (_, cluster, answer, reach) => {
  expect(await findReach(cluster, async () => [answer])).toEqual(reach);
});

test('a question is asked again', async () => {
  proxy.cut('number * 3', 'at-answer');
  expect((await careful.query('SELECT number * 3 FROM numbers(2)')).rows).toEqual([[0], [3]]);
});

test('a stream of data is not sent twice', async () => {
  proxy.cut('INSERT+INTO+t', 'at-answer');
  await driver.insertStream('INSERT INTO t FORMAT CSV', Readable.from(['1\n']));
  expect(await rows()).toBe(1);
});

test('connections are used again, and given up before the server closes them', async () => {
  const before = proxy.connections();
  for (let i = 0; i < 20; i++) await driver.query('SELECT 1');
  expect(proxy.connections() - before).toBeLessThanOrEqual(1);
  // Longer than the server's keep-alive, with an event loop that sees nothing of it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3500);
  expect((await driver.query('SELECT 1')).rows).toEqual([[1]]);
});

test('nobody there: which host, and what to do; tried as often as the profile says', async () => {
  const port = proxy.port;
  const started = Date.now();
  const lone = await proxyTo(1);
  lone.close();
  await sleep(10);
  const nobody = openDriver({ host: '127.0.0.1', port: lone.port, retries: 2 });
  await expect(nobody).rejects.toMatchObject({
    code: 'TSD3002',
    message: expect.stringContaining(`cannot connect to ClickHouse at 127.0.0.1:${lone.port}`),
    hint: expect.stringContaining('host and port'),
  });
  expect(Date.now() - started).toBeGreaterThan(700);
  await expect(openDriver({ ...server, port, password: 'wrong' })).rejects.toMatchObject({
    code: 'TSD3002',
    message: expect.stringContaining('HTTP 404: There is no handle'),
    hint: expect.stringContaining('Check user and password'),
  });
});
