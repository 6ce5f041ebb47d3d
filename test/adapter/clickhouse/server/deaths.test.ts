import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ensureServer, openDriver, serverStatus, stopServer } from '../../../../src/adapter/index.ts';
import { scratch } from '../private-server.ts';
import { buildHolder, endHolder, type Holder, moreWork, serverOf, startHolder } from './holders.ts';

let built: Awaited<ReturnType<typeof buildHolder>>;
beforeAll(async () => {
  built = await buildHolder();
});
afterAll(() => built.remove());

let place: ReturnType<typeof scratch>;
let dataDir: string;
let holders: Holder[];
const hold = (): Holder => {
  const holder = startHolder(built.file, dataDir);
  holders.push(holder);
  return holder;
};
beforeEach(() => {
  place = scratch();
  dataDir = join(place.dir, 'ch');
  holders = [];
});
afterEach(async () => {
  for (const holder of holders) holder.child.kill('SIGKILL');
  await place.remove();
});

test('processes that start at once end up with one server, and all are served', async () => {
  const four = [hold(), hold(), hold(), hold()];
  const servers = await Promise.all(four.map(serverOf));
  expect(new Set(servers.map((server) => server.port)).size).toBe(1);
  await Promise.all(four.map((holder) => moreWork(holder)));
  expect((await serverStatus(dataDir))?.leases).toHaveLength(4);
  await Promise.all(four.map(endHolder));
});

test('killing the process that started the server does not disturb another', async () => {
  const starter = hold();
  await serverOf(starter);
  const other = hold();
  await serverOf(other);
  starter.child.kill('SIGKILL');
  await moreWork(other, 40);
  expect((await serverStatus(dataDir))?.leases).toMatchObject([{ pid: other.child.pid, label: 'holder' }]);
  await endHolder(other);
  expect(other.lines).not.toContain('lost');
});

async function insertAndStatus() {
  const server = await ensureServer({ dataDir });
  const driver = await openDriver({ ...server, schema: 'main' }, { singleServer: true });
  await driver.query('CREATE TABLE IF NOT EXISTS t (a Int64) ORDER BY a');
  await driver.query('INSERT INTO t SELECT 1');
  const { rows } = await driver.query('SELECT count() FROM t');
  const status = await serverStatus(dataDir);
  await driver.close();
  await server.release();
  if (status === undefined) throw new Error('no status of a server that runs');
  return { count: rows[0]?.[0], status };
}

test.each(['serverPid', 'supervisorPid'] as const)(
  'after kill -9 of %s the next one starts anew, with all data',
  async (which) => {
    const holder = hold();
    const first = await serverOf(holder);
    const before = await insertAndStatus();
    expect(before.count).toBe(1);
    process.kill(before.status[which], 'SIGKILL');
    const after = await insertAndStatus();
    expect(after.count).toBe(2);
    expect(after.status.password).not.toBe(first.password);
    // Who held a lease is told so, and what it is at fails with a clear error.
    await holder.line((line) => line === 'lost');
    const said = await holder.line((line) => line.includes('error'));
    expect(JSON.parse(said)).toMatchObject({ code: expect.stringMatching(/^TSD300[12]$/), error: expect.any(String) });
  },
);

test('a directory another server has open: said so, and where to look', async () => {
  const holder = hold();
  await serverOf(holder);
  // A server nobody knows of: as one of another host on a shared disk, or another program.
  const status = await serverStatus(dataDir);
  rmSync(join(dataDir, 'server.json'));
  await expect(ensureServer({ dataDir })).rejects.toMatchObject({
    code: 'TSD3003',
    message: expect.stringContaining(`another ClickHouse has the data directory ${dataDir} open`),
    hint: expect.stringContaining('embedded'),
  });
  await moreWork(holder);
  process.kill(status?.supervisorPid ?? 0, 'SIGTERM');
  await holder.line((line) => line === 'lost');
  expect(await stopServer(dataDir)).toMatchObject({ state: 'not-running' });
}, 40_000);
