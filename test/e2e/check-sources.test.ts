import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Driver, ensureServer, openDriver, type PrivateServer } from '../../src/adapter/index.ts';
import { type Ended, runTsdbt } from './checkout.ts';

const FILES: Readonly<Record<string, string>> = {
  'dbt_project.yml': 'name: small\nversion: "1.0"\nprofile: small\n',
  'profiles.yml': `small:
  target: dev
  outputs: {dev: {type: clickhouse, schema: main, threads: 1, embedded: {path: .tsdbt/clickhouse}}}
`,
  'models/raw.yml': `sources:
  - name: raw
    tables:
      - name: account
        columns:
          - {name: id, data_tests: [not_null]}
      - name: post
        columns: [{name: id, data_type: Int64}]
`,
  'models/stg.sql': "select id, name from {{ source('raw', 'account') }} final",
  'models/behind.sql': "select upper(name) as name from {{ ref('stg') }}",
  'models/posts.sql': "select id + 1 as next from {{ source('raw', 'post') }}",
};

const dir = mkdtempSync(join(tmpdir(), 'tsdbt-check-sources-'));
let server: PrivateServer;
let driver: Driver;

beforeAll(async () => {
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  server = await ensureServer({ dataDir: join(dir, '.tsdbt/clickhouse'), label: 'the test' });
  driver = await openDriver({ ...server, schema: 'raw' }, { singleServer: true });
  await driver.query(
    'create table raw.account (id Int64, name String, version UInt64, shout String materialized upper(name)) engine = ReplacingMergeTree(version) order by id',
  );
  await driver.query('create table raw.post (id Int64) engine = MergeTree order by id');
}, 60_000);
afterAll(async () => {
  await driver?.close();
  await server?.release();
  await runTsdbt(dir, ['server', 'stop']);
  rmSync(dir, { recursive: true, force: true });
}, 60_000);

const check = (...args: string[]): Promise<Ended> => runTsdbt(dir, ['--quiet', 'check', ...args]);

it('says in a line which source lacks types and what to do; what stands behind it is unknown, the rest is checked', async () => {
  const { code, stdout } = await check();
  expect(code).toBe(0);
  expect(stdout).toContain('source raw.account: its columns have no types   models/raw.yml:6:20');
  expect(stdout).toContain('Run `tsdbt check --pull`');
  expect(stdout).toContain('3 nodes unknown, not checked: raw.account, stg, behind');
  expect(JSON.parse((await check('--output', 'json')).stdout).nodes).toContainEqual({
    unique_id: 'model.small.posts',
    state: 'typed',
    columns: [{ name: 'next', type: 'Int64' }],
  });
});

it('--pull notes the types of a server, and check goes on by them without it', async () => {
  const pulled = await check('--pull');
  expect(pulled.stdout).toContain('Pulled 2 of 2 sources, 5 columns: ');
  expect(readFileSync(join(dir, 'schemas.yml'), 'utf8')).toContain('"shout": "String MATERIALIZED"');
  const { code, stdout } = await check();
  expect([code, stdout.trim().split('\n').at(-1)]).toEqual([0, 'No problems']);
  const { nodes } = JSON.parse(readFileSync(join(dir, 'target/column_lineage.json'), 'utf8'));
  // FINAL: its key and its version decide which rows there are.
  expect(nodes['model.small.stg'].rows.sources).toEqual([
    { node: 'source.small.raw.account', column: 'id', kind: 'group' },
    { node: 'source.small.raw.account', column: 'version', kind: 'order' },
  ]);
});

it('--diff says what drifted since', async () => {
  expect(await check('--diff')).toMatchObject({ code: 0, stdout: expect.stringContaining('No drift: 2 sources') });
  await driver.query('alter table raw.account rename column name to label');
  await driver.query('drop table raw.post');
  const { code, stdout } = await check('--diff');
  expect(code).toBe(1);
  expect(stdout.trim().split('\n')).toEqual([
    'raw.account.label: String, a new column',
    'raw.account.name: gone (was String)',
    'raw.post: the table is not there',
  ]);
});

it('after another --pull the model that reads the old name is wrong, at its place', async () => {
  expect((await check('--pull')).stdout).toContain('not on this server: raw.post');
  const { code, stdout } = await check('--output', 'concise');
  expect(code).toBe(1);
  expect(stdout).toContain('models/stg.sql:1:12: error[TSD4002] stg: ');
  expect(existsSync(join(dir, 'schemas.yml'))).toBe(true);
});
