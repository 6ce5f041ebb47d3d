import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, type Server } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Credentials, ensureServer, openDriver, type PrivateServer } from '../../../../src/adapter/index.ts';
import { scratch } from '../private-server.ts';

const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}`, import.meta.url));
const place = scratch();
let server: PrivateServer;
let tls: Server;
/** The private server behind a TLS end that shows a certificate for `clickhouse.test`, signed by itself. */
let secure: Credentials;
let asked: string | false | undefined;
beforeAll(async () => {
  server = await ensureServer({ dataDir: join(place.dir, 'ch') });
  tls = createServer({ key: fixture('tls-key.pem'), cert: fixture('tls-cert.pem') }, (client) => {
    asked = (client as typeof client & { servername?: string | false }).servername;
    const upstream = connect(server.port, '127.0.0.1');
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
    client.pipe(upstream).pipe(client);
  });
  tls.listen(0, '127.0.0.1');
  await once(tls, 'listening');
  secure = { ...server, port: (tls.address() as AddressInfo).port, secure: true };
});
afterAll(async () => {
  tls.close();
  await place.remove();
});

async function sum(credentials: Credentials): Promise<unknown> {
  const driver = await openDriver(credentials, { createDatabase: false });
  const { rows } = await driver.query("SELECT sum(number), repeat('x', 10000) FROM numbers(10)");
  await driver.close();
  return rows;
}
const RIGHT = [[45, 'x'.repeat(10_000)]];

test('TLS, with a certificate nobody vouches for: only where the profile says not to verify', async () => {
  expect(await sum({ ...secure, verify: false, server_host_name: 'clickhouse.test' })).toEqual(RIGHT);
  expect(asked).toBe('clickhouse.test');
  await expect(sum({ ...secure, retries: 0 })).rejects.toMatchObject({
    code: 'TSD3002',
    hint: expect.stringContaining('verify'),
  });
});

test('a certificate of the client that is not there', async () => {
  await expect(sum({ ...secure, client_cert: '/nowhere/client.pem' })).rejects.toMatchObject({
    code: 'TSD1003',
    message: expect.stringContaining('client_cert /nowhere/client.pem cannot be read'),
  });
});

test('compressed answers', async () => {
  expect(await sum({ ...server, compression: 'lz4' })).toEqual(RIGHT);
  const driver = await openDriver({ ...server, compression: true }, { createDatabase: false });
  const late = driver.query('SELECT number, throwIf(number = 2000000) FROM numbers(3000000)');
  await expect(late).rejects.toMatchObject({ databaseError: { number: 395 } });
  await driver.close();
});

test('a connection for each statement, for balancers that spread them', async () => {
  expect(await sum({ ...server, reuse_connections: false })).toEqual(RIGHT);
});

test('a host that does not answer is given up after connect_timeout', async () => {
  const before = Date.now();
  // An address for documentation: packets to it go nowhere, or the network is said to be unreachable at once.
  const silent = sum({ host: '192.0.2.1', connect_timeout: 0.5, retries: 0 });
  await expect(silent).rejects.toMatchObject({ code: 'TSD3002' });
  expect(Date.now() - before).toBeLessThan(3000);
});
