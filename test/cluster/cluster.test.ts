import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandOn, rowsOf } from '../compare/stir/server.ts';
import { runTsdbt } from '../e2e/checkout.ts';
import { ROOT } from '../e2e/root.ts';
import { type Entry, enterCluster } from './ddl-worker.ts';
import { type Nodes, startNodes } from './nodes.ts';

/** Two shards of two replicas. Everything that a cluster changes, twice and rebuilt, through the node that users see. */
const WHOLE = process.env['TSDBT_CLUSTER'] !== undefined;
/** What the default run builds; `npm run test:cluster` builds it all. */
const SLICE = ['spread', 'spread_again', 'inc_di', 'inc_io', 'plain', 'lonely', 'names', 'words', 'history'];

let nodes: Nodes;
let entry: Entry;
const statements: string[] = [];
const dir = mkdtempSync(join(tmpdir(), 'tsdbt-far-'));

beforeAll(async () => {
  nodes = await startNodes(4, {
    far: [
      [0, 1],
      [2, 3],
    ],
  });
  entry = await enterCluster(nodes);
  cpSync(join(ROOT, 'test/cluster/project'), dir, { recursive: true });
});

afterAll(async () => {
  entry?.close();
  await nodes?.close();
  rmSync(dir, { recursive: true, force: true });
});

const at = (node: number) => ({ url: `http://127.0.0.1:${nodes.nodes[node]!.http}`, user: 'default', password: '' });
const on = (node: number, sql: string): Promise<string[][]> => rowsOf(at(node), sql);
const everywhere = (sql: string): Promise<string[][][]> => Promise.all([0, 1, 2, 3].map((node) => on(node, sql)));
const makeEverywhere = (sql: string): Promise<string[]> =>
  Promise.all([0, 1, 2, 3].map((node) => commandOn(at(node), sql)));
const sums = (table: string) => on(0, `select count(), uniqExact(id), sum(v) from far.${table}`);

async function build(...args: readonly string[]): Promise<void> {
  const env = { FAR_PORT: String(entry.port), DBT_PROFILES_DIR: dir };
  const selected = WHOLE ? [] : ['--select', ...SLICE];
  const { code, stdout, stderr } = await runTsdbt(dir, ['build', ...args, ...selected], env);
  statements.push(...entry.statements());
  expect(code, stdout.slice(-4000) + stderr).toBe(0);
}

/** Every local table holds the same rows on both replicas of a shard, and rows on both shards. */
async function isSpread(local: string): Promise<void> {
  const [a, b, c, d] = await everywhere(`select count(), sum(cityHash64(*)) from far.${local}`);
  expect([a, c]).toEqual([b, d]);
  expect([a![0]![0], c![0]![0]]).not.toContain('0');
}

async function nothingLeftBehind(): Promise<void> {
  const left = await everywhere(
    "select name from system.tables where database = 'far' and match(name, '__dbt|snapshot_upsert')",
  );
  expect(left).toEqual([[], [], [], []]);
}

/** Of these relations the ones that are built. */
const built = (...names: readonly string[]): readonly string[] => names.filter((name) => WHOLE || SLICE.includes(name));
const DISTRIBUTED = built(
  'spread',
  'spread_again',
  'spread_random',
  'inc_legacy',
  'inc_di',
  'inc_append',
  'inc_sync',
  'inc_io',
  'inc_micro',
  'inc_replacing',
);

test('the first build makes every relation on every node', async () => {
  await build();
  for (const table of DISTRIBUTED) expect(await sums(table), table).toEqual([['40', '40', '40']]);
  for (const table of DISTRIBUTED) await isSpread(`${table}_local`);
  const names = await everywhere(
    "select name, engine from system.tables where database = 'far' and name != 'lonely' order by name",
  );
  expect(names[1]).toEqual(names[0]);
  expect(names[2]).toEqual(names[0]);
  expect(names[3]).toEqual(names[0]);
  expect(await everywhere("select count() from system.tables where database = 'far' and name = 'lonely'")).toEqual([
    [['1']],
    [['0']],
    [['0']],
    [['0']],
  ]);
  for (const table of built('seen', 'filled')) expect((await sums(table))[0]![0], table).toBe('40');
  for (const table of built('doubled')) expect(await sums(table)).toEqual([['40', '40', '80']]);
  expect(await on(0, "select dictGet('far.words', 'name', toUInt64(2))")).toEqual([['two']]);
  expect(
    await on(0, "select comment from system.columns where database = 'far' and table = 'spread' and name = 'id'"),
  ).toEqual([['the key']]);
  // A function is the server's own, so on every node.
  if (WHOLE) expect(await everywhere('select twice(21)')).toEqual(Array(4).fill([['42']]));
  await nothingLeftBehind();
});

test('the second wave finds the rows it replaces on whichever shard they lie', async () => {
  await build('--vars', '{wave: 2}', '--exclude', 'filled', 'timed', 'spread_random');
  // 30 new rows of value 2; of the 40 old ones ten have keys among them.
  for (const table of built('inc_legacy', 'inc_di', 'inc_micro', 'inc_sync', 'grown', 'grown_di')) {
    expect(await sums(table), table).toEqual([['60', '60', '90']]);
  }
  for (const table of built('inc_append')) expect(await sums(table)).toEqual([['70', '60', '100']]);
  // The new rows' days begin with the third, of which the old rows had 30 to 39.
  expect(await sums('inc_io')).toEqual([['60', '60', '90']]);
  for (const table of built('inc_replacing')) {
    expect(await on(0, `select count(), sum(v) from far.${table} final`)).toEqual([['60', '90']]);
  }
  expect(await sums('spread')).toEqual([['30', '30', '60']]);
  for (const table of built('inc_append', 'inc_sync')) {
    expect(await on(0, `select countIf(extra = 'x') from far.${table}`), table).toEqual([['30']]);
    await isSpread(`${table}_local`);
  }
  expect(await on(0, 'select countIf(dbt_valid_to is null), count() from far.history')).toEqual([['60', '70']]);
  await nothingLeftBehind();
});

test('a full refresh exchanges the tables of every node', async () => {
  await build('--full-refresh', '--vars', '{wave: 2}');
  for (const table of DISTRIBUTED) expect(await sums(table), table).toEqual([['30', '30', '60']]);
  for (const table of DISTRIBUTED) await isSpread(`${table}_local`);
  for (const table of built('filled')) expect(await sums(table)).toEqual([['30', '30', String(30 * 102)]]);
  await nothingLeftBehind();
});

test('what a killed run left goes from every node', async () => {
  const id = '11111111-2222-4333-8444-555555555555';
  const gone = spawnSync(process.execPath, ['--version']).pid;
  writeFileSync(join(dir, '.tsdbt/invocations', id), JSON.stringify({ pid: gone, host: hostname() }));
  const left = `plain__dbt_tmp_${id.replaceAll('-', '_')}`;
  await makeEverywhere(`create table far.${left} (id UInt64) engine = Memory`);
  await build('--exclude', 'filled', 'timed', 'inc_append', 'inc_replacing');
  await nothingLeftBehind();
});

test('what makes or changes a relation says ON CLUSTER, but for a model that is to stay on one node', () => {
  const ddl = statements.filter((sql) =>
    /^\s*(?:\/\*.*?\*\/\s*)?(?:create|drop|alter|rename|exchange|truncate)\b/is.test(sql),
  );
  expect(ddl.length).toBeGreaterThan(50);
  expect(ddl.filter((sql) => !/ON CLUSTER ["`]far["`]/.test(sql) && !sql.includes('lonely'))).toEqual([]);
});
