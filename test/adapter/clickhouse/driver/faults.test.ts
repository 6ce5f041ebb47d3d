import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Driver, ensureServer, openDriver, type PrivateServer } from '../../../../src/adapter/index.ts';
import { scratch } from '../private-server.ts';
import { FAULTS, type Fault, type FaultyProxy, faultyProxy } from './faulty.ts';

const place = scratch();
let server: PrivateServer;
let proxy: FaultyProxy;
/** Has to ask whether there are other servers behind the same address, as for a server of the user's. */
let driver: Driver;
beforeAll(async () => {
  server = await ensureServer({ dataDir: join(place.dir, 'ch') });
  proxy = await faultyProxy(server.port);
  driver = await openDriver({ ...server, port: proxy.port, schema: 'main', send_receive_timeout: 2 });
});
afterAll(async () => {
  await driver.close();
  await proxy.close();
  await place.remove();
});
beforeEach(async () => {
  proxy.decide = () => undefined;
  await driver.query('DROP TABLE IF EXISTS t');
  await driver.query('CREATE TABLE t (a Int64) ORDER BY a');
  proxy.done.length = 0;
});

/** The next statement with the mark meets the fault, once. */
function plan(fault: Fault): void {
  let left = 1;
  proxy.decide = (statement) => (statement.includes('marked') && left-- > 0 ? fault : undefined);
}
const count = async (): Promise<unknown> => (await driver.query('SELECT count() FROM t')).rows[0]?.[0];
const insert = (): Promise<string> =>
  driver.query('INSERT INTO t SELECT number FROM numbers(3) /* marked */').then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

test.each(FAULTS)('a statement that would do harm twice is done once, and known to be done: %s', async (fault) => {
  plan(fault);
  expect([await insert(), await count(), proxy.done.map(([what]) => what)]).toEqual(['done', 3, [fault]]);
});

test.each(FAULTS)('what may be done twice is done whatever happens: %s', async (fault) => {
  plan(fault);
  const asking = driver.query('SELECT number FROM numbers(4) /* marked */');
  expect((await asking).rows).toEqual([[0], [1], [2], [3]]);
  plan(fault);
  await driver.query('CREATE OR REPLACE VIEW v AS SELECT 7 AS a /* marked */');
});

test('an answer is never taken for whole because it ends well', async () => {
  // Half of these rows are a valid beginning; a reader that did not count would take them.
  plan('short-answer');
  const { rows } = await driver.query('SELECT number FROM numbers(1000) /* marked */');
  expect(rows).toHaveLength(1000);
});

describe('codes that pass', () => {
  let answers: string[];
  let asked: string[];
  const busy = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push(body);
      const said = body.includes('marked') ? answers.shift() : undefined;
      if (said === undefined) response.writeHead(200, { 'x-clickhouse-query-id': 'q' }).end();
      else response.writeHead(500, { 'x-clickhouse-exception-code': '1' }).end(`${said} (version 26.7.2.1)`);
    });
  });
  let other: Driver;
  const told: string[] = [];
  beforeAll(async () => {
    asked = [];
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const { port } = busy.address() as AddressInfo;
    other = await openDriver({ host: '127.0.0.1', port }, { createDatabase: false, notice: (text) => told.push(text) });
  });
  afterAll(async () => {
    await other.close();
    busy.close();
  });
  const FULL = 'Code: 202. DB::Exception: Too many simultaneous queries. Maximum: 1. (TOO_MANY_SIMULTANEOUS_QUERIES)';
  const NETWORK = 'Code: 210. DB::Exception: Connection refused (shard:9000). (NETWORK_ERROR)';
  const TOTAL = 'Code: 241. DB::Exception: (total) memory limit exceeded: would use 9 GiB. (MEMORY_LIMIT_EXCEEDED)';
  const OWN = 'Code: 241. DB::Exception: Query memory limit exceeded: would use 9 GiB. (MEMORY_LIMIT_EXCEEDED)';

  test.each([
    ['refused before it began: any statement again', FULL, 'INSERT INTO t SELECT 1', 3],
    ['may have begun: not one that adds', NETWORK, 'INSERT INTO t SELECT 1', 1],
    ['may have begun: one that finds its work done', NETWORK, 'DROP TABLE IF EXISTS t', 3],
    ['the memory of the server', TOTAL, 'ALTER TABLE t ADD COLUMN IF NOT EXISTS a Int8', 3],
    ['the memory of the query', OWN, 'DROP TABLE IF EXISTS t', 1],
    ['an ALTER with more in it', NETWORK, 'ALTER TABLE t ADD COLUMN IF NOT EXISTS a Int8, DELETE WHERE a = 1', 1],
    ['a table filled as it is made', NETWORK, 'CREATE TABLE t AS SELECT 1', 1],
  ])('%s', async (_, said, sql, times) => {
    answers = [said, said];
    asked = [];
    const sent = other.query(`${sql} /* marked */`);
    if (times === 1) await expect(sent).rejects.toMatchObject({ code: 'TSD3001' });
    else await sent;
    expect(asked).toHaveLength(times);
    if (times > 1)
      expect(told.at(-1)).toMatch(/^ClickHouse says \w+: the statement is sent again in 1 s \(2 of 5\)\.$/);
  });
});
