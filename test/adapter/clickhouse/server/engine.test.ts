import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Engine, startEngine, stopEngine } from '../../../../src/adapter/clickhouse/server/engine.ts';
import { ask } from '../../../../src/adapter/clickhouse/server/http.ts';
import { findLibrary } from '../../../../src/adapter/clickhouse/server/preflight.ts';
import { scratch } from '../private-server.ts';

let place: ReturnType<typeof scratch>;
let other: Server;
let taken: number;
let engine: Engine | undefined;
beforeEach(async () => {
  place = scratch();
  // Somebody else's server, which says yes to everything.
  other = createServer((_, response) => response.end('Ok.\n'));
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  taken = (other.address() as AddressInfo).port;
});
afterEach(async () => {
  if (engine !== undefined) await stopEngine(engine);
  engine = undefined;
  other.close();
  await place.remove();
});

const options = () => {
  const dataDir = join(place.dir, 'ch');
  mkdirSync(dataDir, { recursive: true });
  return { dataDir, libraryPath: findLibrary(), lingerMs: 0 };
};

test('a port another process takes first: the next one, and not that process, is the server', async () => {
  const free = createServer();
  free.listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  free.close();
  const ports = [taken, port];
  engine = await startEngine(options(), 'feedbeef', async () => ports.shift() ?? 0);
  expect(ports).toEqual([]);
  expect(engine.address.port).toBe(port);
  expect(await ask(engine.address, "SELECT getMacro('tsdbt'), timezone()", 2000)).toBe('feedbeef\tUTC');
});

test('no port to be had', async () => {
  let tries = 0;
  const starting = startEngine(options(), 'feedbeef', async () => {
    tries++;
    return taken;
  });
  await expect(starting).rejects.toMatchObject({ failure: { reason: 'port', hint: expect.any(String) } });
  expect(tries).toBe(3);
});

test('a library that is none', async () => {
  const starting = startEngine({ ...options(), libraryPath: join(place.dir, 'libchdb.so') }, 'feedbeef');
  await expect(starting).rejects.toMatchObject({ failure: { reason: 'library' } });
});
