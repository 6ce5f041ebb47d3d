import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oneShard } from '../one-shard.ts';
import { driverOnServer } from '../private-server.ts';
import { type ModelSpec, TestProject } from './project.ts';

let project: TestProject;
let close: () => Promise<void>;

beforeAll(async () => {
  const server = await driverOnServer();
  close = server.close;
  project = new TestProject(oneShard(server.driver), 'main', '', { cluster: 'c', allow_automatic_deduplication: true });
});
afterAll(() => close());

const SQL = "select number as id, toDate('2024-01-01') + number % 3 as dt, number * 2 as v from numbers(5)";
const NEW =
  "select number as id, toDate('2024-01-01') + number % 3 as dt, number * 100 as v from numbers(6) where id >= 3";
const ENGINE = 'engine = MergeTree() order by (id) -- end_of_sql';
const ALL = [
  [0, 0],
  [1, 2],
  [2, 4],
  [3, 300],
  [4, 400],
  [5, 500],
];
const model = (name: string, materialized: string, config: ModelSpec['config'] = {}, sql = SQL): ModelSpec => ({
  name,
  sql,
  materialized,
  config: { order_by: ['id'], sharding_key: 'id', ...config },
});
const leftovers = () =>
  project.rows("select name from system.tables where database = 'main' and name like '%\\_\\_dbt%'");

test('tables, views and their swaps are made on the cluster', async () => {
  await project.run(model('t', 'table'));
  expect(await project.run(model('t', 'table'))).toEqual([
    `create table \`t__dbt_tmp_ID\` ON CLUSTER "c" ${ENGINE} empty as (${SQL})`,
    `insert into \`t__dbt_tmp_ID\` ${SQL}`,
    'EXCHANGE TABLES `t__dbt_tmp_ID` AND `t` ON CLUSTER "c"',
    'drop table if exists `t__dbt_tmp_ID` ON CLUSTER "c" SYNC',
  ]);
  expect(await project.run(model('v', 'view'))).toEqual([
    `create or replace view \`v\` ON CLUSTER "c" as (${SQL}) -- end_of_sql`,
  ]);
});

test('disable_on_cluster keeps a model to the node it is built on', async () => {
  const statements = await project.run(model('lonely', 'table', { disable_on_cluster: true }));
  expect(statements.filter((sql) => sql.includes('ON CLUSTER'))).toEqual([]);
});

test('dbt-clickhouse #740: replicas have fetched a staging table before it is exchanged, or read by a mutation', async () => {
  const config = { engine: 'ReplicatedMergeTree()', unique_key: 'id', incremental_strategy: 'delete+insert' };
  await project.run(model('r', 'incremental', config));
  const statements = await project.run(model('r', 'incremental', config, NEW));
  expect(statements.map((sql) => sql.split(' ').slice(0, 3).join(' '))).toEqual([
    'create table `r__dbt_new_data_ID`',
    'insert into `r__dbt_new_data_ID`',
    'SYSTEM SYNC REPLICA',
    'select name, type,',
    'delete from `r`',
    'insert into `r`',
    'drop table if',
  ]);
  expect(await project.rows('select id, v from @r order by id')).toEqual(ALL);
});

test('an engine whose Keeper path is written out is built in place at first, and dropped when that fails', async () => {
  const config = { engine: "ReplicatedMergeTree('/t/{shard}', '{replica}')" };
  const failing = 'select throwIf(number = 70000) as id from numbers(100000)';
  await expect(project.run(model('bound', 'table', config, failing))).rejects.toThrow(/throwIf/);
  expect(await project.rows("select count() from system.tables where database = 'main' and name = 'bound'")).toEqual([
    [0],
  ]);
  const [create] = await project.run(model('bound', 'table', config));
  expect(create).toMatch(
    /^create table `bound` ON CLUSTER "c" engine = ReplicatedMergeTree\('\/t\/\{shard\}', '\{replica\}'\)/,
  );
});

describe('distributed_table', () => {
  test('fills new local tables before they take the place of the old ones', async () => {
    await project.run(model('d', 'distributed_table'));
    expect(await project.run(model('d', 'distributed_table'))).toEqual([
      `describe (${SQL})`,
      `create table \`d_local__dbt_tmp_ID\` ON CLUSTER "c" (\`id\` UInt64, \`dt\` Date, \`v\` UInt64) ${ENGINE}`,
      "create or replace table `d__dbt_tmp_ID` ON CLUSTER \"c\" as `d_local__dbt_tmp_ID` ENGINE = Distributed('c', 'main', 'd_local__dbt_tmp_ID', id)",
      `insert into \`d__dbt_tmp_ID\` settings parallel_distributed_insert_select = 0 ${SQL}`,
      'EXCHANGE TABLES `d_local__dbt_tmp_ID` AND `d_local` ON CLUSTER "c"',
      'drop table if exists `d_local__dbt_tmp_ID` ON CLUSTER "c" SYNC',
      "create or replace table `d` ON CLUSTER \"c\" as `d_local` ENGINE = Distributed('c', 'main', 'd_local', id)",
      'drop table if exists `d__dbt_tmp_ID` ON CLUSTER "c" SYNC',
    ]);
    expect(await project.rows('select count() from @d')).toEqual([[5]]);
  });

  test('without a cluster in the profile it is refused', async () => {
    const { driver, close: closeOther } = await driverOnServer();
    await expect(new TestProject(driver, 'main').run(model('d', 'distributed_table'))).rejects.toThrow(
      /cluster setting in dbt profile must be set/,
    );
    await closeOther();
  });
});

describe('distributed_incremental', () => {
  const STRATEGIES: readonly [strategy: string, config: ModelSpec['config'], rows: readonly unknown[]][] = [
    ['legacy', { unique_key: 'id' }, ALL],
    ['delete+insert', { unique_key: 'id', incremental_strategy: 'delete+insert' }, ALL],
    [
      'append',
      { incremental_strategy: 'append' },
      [
        [0, 0],
        [1, 2],
        [2, 4],
        [3, 6],
        [3, 300],
        [4, 8],
        [4, 400],
        [5, 500],
      ],
    ],
    // Every partition has a new row, so nothing old remains.
    [
      'insert_overwrite',
      { incremental_strategy: 'insert_overwrite', partition_by: 'dt' },
      [
        [3, 300],
        [4, 400],
        [5, 500],
      ],
    ],
  ];
  test.each(STRATEGIES)('%s', async (strategy, config, rows) => {
    const name = `inc_${strategy.replace('+', '_')}`;
    await project.run(model(name, 'distributed_incremental', config));
    await project.run(model(name, 'distributed_incremental', config, NEW));
    expect(await project.rows(`select id, v from @${name} order by id, v`)).toEqual(rows);
    expect(await leftovers()).toEqual([]);
  });

  test.each(['delete+insert', 'insert_overwrite'])(
    'dbt-clickhouse #740, #418: replicas of every shard have the new data before %s looks at it',
    async (strategy) => {
      const name = `rep_${strategy.replace('+', '_')}`;
      const byKey = strategy === 'delete+insert' ? { unique_key: 'id' } : { partition_by: 'dt' };
      const config = { engine: 'ReplicatedMergeTree()', incremental_strategy: strategy, ...byKey };
      await project.run(model(name, 'distributed_incremental', config));
      const statements = await project.run(model(name, 'distributed_incremental', config, NEW));
      const sync = statements.findIndex((sql) => sql.startsWith('SYSTEM SYNC REPLICA ON CLUSTER'));
      const change = statements.findIndex((sql) => /^(?:delete from|alter table)/.test(sql));
      expect(statements[sync]).toContain(`${name}_local__dbt_new_data_ID`);
      expect(change).toBeGreaterThan(sync);
      // Replicated tables fetch what a shard copies to itself.
      expect(statements.join()).not.toContain('parallel_distributed_insert_select');
      expect(await leftovers()).toEqual([]);
    },
  );

  test('a full refresh builds both tables anew', async () => {
    await project.run(model('again', 'distributed_incremental', { unique_key: 'id' }));
    await project.run({ ...model('again', 'distributed_incremental', { unique_key: 'id' }, NEW), fullRefresh: true });
    expect(await project.rows('select id, v from @again order by id')).toEqual([
      [3, 300],
      [4, 400],
      [5, 500],
    ]);
  });
});
