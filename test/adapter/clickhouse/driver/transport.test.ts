import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, request } from 'node:http';
import { type AddressInfo, connect, type Server } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { proxyFor } from '../../../../src/adapter/clickhouse/driver/proxy.ts';
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

test('a certificate of the client, asked for by the server', async () => {
  const cert = fixture('tls-cert.pem');
  const strict = createServer({ key: fixture('tls-key.pem'), cert, ca: cert, requestCert: true }, (client) => {
    const upstream = connect(server.port, '127.0.0.1');
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
    client.pipe(upstream).pipe(client);
  });
  strict.listen(0, '127.0.0.1');
  await once(strict, 'listening');
  const asked = { ...secure, port: (strict.address() as AddressInfo).port, verify: false };
  const path = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
  const own = { client_cert: path('tls-cert.pem'), client_cert_key: path('tls-key.pem') };
  expect(await sum({ ...asked, ...own })).toEqual(RIGHT);
  await expect(sum({ ...asked, retries: 0 })).rejects.toMatchObject({ code: 'TSD3002' });
  strict.close();
});

describe('a proxy that the environment names', () => {
  const seen: string[] = [];
  const between = createHttpServer((incoming, outgoing) => {
    seen.push(`${incoming.headers['proxy-authorization']} ${incoming.url?.split('?')[0]}`);
    const { host: _, ...headers } = incoming.headers;
    const url = new URL(incoming.url ?? '');
    url.hostname = '127.0.0.1';
    const sent = request(url, { method: incoming.method ?? 'GET', headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(outgoing);
    });
    incoming.pipe(sent);
  });
  between.on('connect', (incoming, client, head) => {
    seen.push(`CONNECT ${incoming.url}`);
    const port = (incoming.url ?? '').split(':').at(-1);
    const upstream = connect(Number(port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.write(head);
      client.pipe(upstream).pipe(client);
    });
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
  });
  beforeAll(async () => {
    between.listen(0, '127.0.0.1');
    await once(between, 'listening');
    const { port } = between.address() as AddressInfo;
    vi.stubEnv('http_proxy', `http://me:secret@127.0.0.1:${port}`);
    vi.stubEnv('HTTPS_PROXY', `127.0.0.1:${port}`);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    between.close();
  });

  test('plain HTTP is asked for by whole URLs, TLS goes through a tunnel', async () => {
    const far = { host: 'clickhouse.test' };
    expect(await sum({ ...server, ...far })).toEqual(RIGHT);
    const pair = Buffer.from('me:secret').toString('base64');
    expect(seen).toContain(`Basic ${pair} http://clickhouse.test:${server.port}/`);
    expect(await sum({ ...secure, ...far, verify: false })).toEqual(RIGHT);
    expect(seen.at(-1)).toBe(`CONNECT clickhouse.test:${secure.port}`);
    const before = seen.length;
    expect(await sum({ ...server })).toEqual(RIGHT);
    expect(seen).toHaveLength(before);
  });

  test.each([
    [{ http_proxy: 'p:1' }, 'p:1'],
    [{ HTTP_PROXY: 'http://p:2' }, 'p:2'],
    [{ HTTPS_PROXY: 'p:1' }, undefined],
    [{ http_proxy: 'p:1', no_proxy: '*' }, undefined],
    [{ http_proxy: 'p:1', NO_PROXY: 'x, .test' }, undefined],
    [{ http_proxy: 'p:1', NO_PROXY: 'ch.test:8123' }, undefined],
    [{ http_proxy: 'p:1', NO_PROXY: 'h.test,' }, 'p:1'],
  ])('%j', (env, host) => {
    expect(proxyFor('http://ch.test:8123', env)?.host).toBe(host);
  });
});

test('the schema is made with the engine of the profile; custom_settings go with every statement', async () => {
  const profile = {
    ...server,
    schema: 'in_memory',
    database_engine: 'Memory',
    custom_settings: { max_block_size: 777 },
  };
  const driver = await openDriver({ ...profile, tcp_keepalive: [30, 5, 3] });
  const sql = "SELECT engine, getSetting('max_block_size') FROM system.databases WHERE name = currentDatabase()";
  expect((await driver.query(sql)).rows).toEqual([['Memory', 777]]);
  await driver.close();
});

test('compressed answers', async () => {
  expect(await sum({ ...server, compression: 'lz4' })).toEqual(RIGHT);
  const driver = await openDriver({ ...server, compression: true }, { createDatabase: false });
  const late = driver.query('SELECT number, throwIf(number = 2000000) FROM numbers(3000000)');
  await expect(late).rejects.toMatchObject({ databaseError: { number: 395 } });
  await driver.close();
});

test('a connection for each statement, for balancers that spread them (dbt-clickhouse #669, #670, #686)', async () => {
  expect(await sum({ ...server, reuse_connections: false })).toEqual(RIGHT);
});

test('a host that does not answer is given up after connect_timeout', async () => {
  const before = Date.now();
  // An address for documentation: packets to it go nowhere, or the network is said to be unreachable at once.
  const silent = sum({ host: '192.0.2.1', connect_timeout: 0.5, retries: 0 });
  await expect(silent).rejects.toMatchObject({ code: 'TSD3002' });
  expect(Date.now() - before).toBeLessThan(3000);
});
