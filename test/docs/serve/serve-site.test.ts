import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SiteServer, serveSite } from '../../../src/docs/index.ts';

let folder: string;
let site: SiteServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tsdbt-serve-'));
  mkdirSync(join(folder, 'target/chunks'), { recursive: true });
  writeFileSync(join(folder, 'target/index.html'), '<h1>site</h1>');
  writeFileSync(join(folder, 'target/chunks/a b.js'), '1');
  writeFileSync(join(folder, 'profiles.yml'), 'secret');
  symlinkSync('../profiles.yml', join(folder, 'target/link.yml'));
  site = await serveSite({ folder: join(folder, 'target'), host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

function ask(path: string, options: { method?: string; headers?: Record<string, string> } = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const { port } = new URL(site.url);
    request({ host: '127.0.0.1', port, path, ...options }, (response) => {
      let body = '';
      response.on('data', (text) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });
}

describe('the documentation over HTTP', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', '<h1>site</h1>'],
    ['/?a=b', 'text/html; charset=utf-8', '<h1>site</h1>'],
    ['/chunks/a%20b.js', 'text/javascript; charset=utf-8', '1'],
  ])('%s', async (path, type, body) => {
    expect(await ask(path)).toMatchObject({
      status: 200,
      body,
      headers: { 'content-type': type, 'x-content-type-options': 'nosniff' },
    });
  });

  it('says the head alone to HEAD, and nothing to who has it', async () => {
    const { headers, body } = await ask('/', { method: 'HEAD' });
    expect([body, headers['content-length']]).toEqual(['', '13']);
    expect(await ask('/', { headers: { 'if-none-match': String(headers['etag']) } })).toMatchObject({ status: 304 });
  });

  it.each([
    '/../profiles.yml',
    '/%2e%2e/profiles.yml',
    '/..%2fprofiles.yml',
    '/chunks/..%2f..%2fprofiles.yml',
    '/link.yml',
    '/chunks',
    '/chunks/',
    '/%00',
    '/%',
    '//example.org/x',
    '/nothing',
  ])('has nothing at %s', async (path) => {
    const { status, body } = await ask(path);
    expect({ status, body }).toEqual({ status: 404, body: 'There is no such page.\n' });
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('refuses %s', async (method) => {
    expect(await ask('/', { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it.each(['evil.example', 'evil.example:80', 'localhost.evil.example', '127.0.0.1.nip.io'])(
    'answers to no stranger: Host: %s',
    async (host) => {
      expect(await ask('/', { headers: { host } })).toMatchObject({ status: 403 });
    },
  );

  it.each(['localhost', 'LOCALHOST:8080', '127.0.0.1:1', '[::1]:8080'])('answers to Host: %s', async (host) => {
    expect(await ask('/', { headers: { host } })).toMatchObject({ status: 200 });
  });

  it('says that a port is taken', async () => {
    const { port } = new URL(site.url);
    await expect(serveSite({ folder, host: '127.0.0.1', port: Number(port) })).rejects.toMatchObject({
      code: 'TSD9001',
      message: expect.stringContaining('it is taken'),
    });
  });
});
