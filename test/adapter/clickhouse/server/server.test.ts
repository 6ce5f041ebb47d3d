import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  ensureServer,
  openDriver,
  printEnv,
  serverStatus,
  startServer,
  stopServer,
} from '../../../../src/adapter/index.ts';
import { scratch } from '../private-server.ts';

let place: ReturnType<typeof scratch>;
let dataDir: string;
beforeEach(() => {
  place = scratch();
  dataDir = join(place.dir, 'ch');
});
afterEach(() => place.remove());

const until = async (done: () => Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 200; i++) {
    if (await done()) return;
    await sleep(50);
  }
  throw new Error('it did not come to that within 10 s');
};

const post = async (url: string, sql: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url, { method: 'POST', body: sql, headers });
  return { status: response.status, body: (await response.text()).trim() };
};

test('it starts, keeps its data between runs, and leaves nothing but data behind', async () => {
  const first = await ensureServer({ dataDir });
  const driver = await openDriver({ ...first, schema: 'main' });
  await driver.query('CREATE TABLE t (a Int64) ORDER BY a');
  await driver.query('INSERT INTO t SELECT number FROM numbers(1000)');
  await driver.close();
  await first.release();
  expect(await stopServer(dataDir)).toEqual({ state: 'stopped', leases: [] });
  expect(readdirSync(dataDir).sort()).toEqual(['data', 'run', 'server.log']);
  expect(readdirSync(join(dataDir, 'run'))).toEqual([]);

  const second = await ensureServer({ dataDir });
  expect(second.password).not.toBe(first.password);
  const again = await openDriver({ ...second, schema: 'main' });
  expect((await again.query('SELECT count(), sum(a) FROM t')).rows).toEqual([[1000, 499500]]);
  await again.query('SYSTEM FLUSH LOGS');
  const logged = await again.query("SELECT count() FROM system.query_log WHERE query LIKE '%sum(a)%' AND type = 2");
  expect(Number(logged.rows[0]?.[0])).toBe(1);
  await again.close();
  await second.release();
});

test('what it writes is for its owner only', async () => {
  const server = await ensureServer({ dataDir });
  const mode = (path: string): number => statSync(path).mode & 0o077;
  const run = join(dataDir, 'run', readdirSync(join(dataDir, 'run'))[0] ?? '');
  const files = [dataDir, join(dataDir, 'server.json'), run, ...readdirSync(run).map((name) => join(run, name))];
  expect(files.map(mode)).toEqual(files.map(() => 0));
  expect(files.length).toBeGreaterThan(5);
  await server.release();
});

test('nobody without the password gets in, and the engine’s own user reads no files for anybody', async () => {
  const server = await ensureServer({ dataDir });
  const basic = (user: string, password: string) => ({
    Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
  });
  const read = "SELECT file('/etc/passwd')";
  expect(await post(server.url, 'SELECT currentUser()', basic(server.user, server.password))).toEqual({
    status: 200,
    body: 'tsdbt',
  });
  const key = { 'X-ClickHouse-User': server.user, 'X-ClickHouse-Key': server.password };
  expect(await post(server.url, 'SELECT 1', key)).toEqual({ status: 200, body: '1' });
  for (const [query, headers] of [
    ['', {}],
    ['?user=default&password=', {}],
    ['', basic('default', '')],
    ['', basic(server.user, 'wrong')],
    ['', { 'X-ClickHouse-User': 'default', 'X-ClickHouse-Key': '' }],
    ['', { ...key, 'X-ClickHouse-User': 'default' }],
  ] as const) {
    const { status, body } = await post(`${server.url}/${query}`, read, headers);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).not.toContain('root:');
  }
  await server.release();
});

test('it stops a while after its last lease, and not before', async () => {
  const one = await ensureServer({ dataDir, lingerMs: 300 });
  const two = await ensureServer({ dataDir });
  expect(two.port).toBe(one.port);
  await one.release();
  await sleep(600);
  expect(await serverStatus(dataDir)).toMatchObject({ port: two.port, leases: [{ pid: process.pid }] });
  await two.release();
  await until(async () => (await serverStatus(dataDir)) === undefined);
});

test('start keeps it up until stop; stop waits for who is at work, unless forced', async () => {
  const address = await startServer(dataDir);
  expect(await printEnv(address)).toBe(`export CLICKHOUSE_URL='http://127.0.0.1:${address.port}'
export CLICKHOUSE_HOST='127.0.0.1'
export CLICKHOUSE_PORT='${address.port}'
export CLICKHOUSE_USER='tsdbt'
export CLICKHOUSE_PASSWORD='${address.password}'
`);
  const worker = await ensureServer({ dataDir, label: 'tsdbt run', lingerMs: 100 });
  expect(await serverStatus(dataDir)).toMatchObject({ keptUp: true, leases: [{ label: 'tsdbt run' }] });
  expect(await stopServer(dataDir)).toMatchObject({ state: 'in-use', leases: [{ label: 'tsdbt run' }] });
  expect(await serverStatus(dataDir)).toMatchObject({ keptUp: false, port: address.port });
  expect(await stopServer(dataDir, { force: true })).toMatchObject({ state: 'stopped' });
  await worker.lost;
  expect(await stopServer(dataDir)).toEqual({ state: 'not-running', leases: [] });
  expect(await serverStatus(join(place.dir, 'nothing-here'))).toBeUndefined();
});

test('who asks while it stops gets the next one', async () => {
  const first = await startServer(dataDir);
  const stopping = stopServer(dataDir);
  await sleep(5);
  const next = await ensureServer({ dataDir });
  expect(next.password).not.toBe(first.password);
  expect(await stopping).toMatchObject({ state: 'stopped' });
  await next.release();
});

test('a stop ends running statements', async () => {
  const server = await ensureServer({ dataDir });
  const driver = await openDriver({ ...server, schema: 'main' });
  const long = driver.query('SELECT count() FROM numbers(1000) WHERE sleepEachRow(1) = 0 SETTINGS max_block_size = 1');
  const ended = expect(long).rejects.toMatchObject({ databaseError: { number: 394 } });
  await sleep(300);
  const before = Date.now();
  await stopServer(dataDir, { force: true });
  expect(Date.now() - before).toBeLessThan(5000);
  await ended;
  await driver.close();
});

test('a data directory whose path is too long for a socket', async () => {
  const deep = join(place.dir, 'a'.repeat(60), 'b'.repeat(60), 'ch');
  const server = await ensureServer({ dataDir: deep });
  const record = JSON.parse(readFileSync(join(deep, 'server.json'), 'utf8')) as { socket: string };
  expect(record.socket.startsWith(deep)).toBe(false);
  await server.release();
  expect(await stopServer(deep)).toMatchObject({ state: 'stopped' });
  expect(statSync(record.socket, { throwIfNoEntry: false })).toBeUndefined();
});
