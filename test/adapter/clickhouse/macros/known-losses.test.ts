import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Driver } from '../../../../src/adapter/index.ts';
import { oneShard } from '../one-shard.ts';
import { driverOnServer } from '../private-server.ts';
import { type ModelSpec, TestProject } from './project.ts';

/**
 * What users of dbt-clickhouse lose, by the number of the issue there. Others of the list have their tests where the rest of
 * their subject is, with the number in their names; queries left running after cancel: test/e2e/interrupt.test.ts.
 */
let project: TestProject;
let driver: Driver;
let close: () => Promise<void>;

beforeAll(async () => {
  const server = await driverOnServer();
  ({ driver, close } = server);
  project = new TestProject(driver, 'main');
});
afterAll(() => close());

const ON_CLUSTER = { cluster: 'c', allow_automatic_deduplication: true };
const model = (name: string, materialized: string, config: ModelSpec['config'], sql: string): ModelSpec => ({
  name,
  sql,
  materialized,
  config: { order_by: ['id'], ...config },
});
const leftovers = () =>
  project.rows("select name from system.tables where database = 'main' and name like '%\\_\\_dbt%'");

test('#420, #150: runs of one model at the same time do not meet in its staging tables', async () => {
  const config = { unique_key: 'id' };
  const sql = 'select number as id, 1 as v from numbers(1000)';
  await project.run(model('shared', 'incremental', config, sql));
  const runs = [2, 3, 4].map((v) => {
    const own = new TestProject(driver, 'main');
    return own.run(model('shared', 'table', {}, `select number as id, ${v} as v from numbers(1000)`));
  });
  const statements = await Promise.all(runs);
  expect(statements.flat().filter((sql) => sql.startsWith('create table')).length).toBe(3);
  expect(await project.rows('select count(), uniqExact(v) from @shared')).toEqual([[1000, 1]]);
  expect(await leftovers()).toEqual([]);
});

test('#635, #117, #205: what stands in for a relation, and what takes its place, is made on the cluster too', async () => {
  const clustered = new TestProject(oneShard(driver), 'main', '', ON_CLUSTER);
  const config = { unique_key: 'id' };
  const sql = 'select number as id from numbers(3)';
  // As a cluster of one shard and many replicas looks to who asks system.tables: nothing says that the table is on it.
  await project.run(model('alone', 'table', {}, sql));
  for (const materialized of ['table', 'incremental', 'table']) {
    const statements = await clustered.run(model('alone', materialized, config, sql));
    const ddl = statements.filter((statement) => /^(?:create|drop|exchange|rename|alter)/i.test(statement));
    expect(ddl.filter((statement) => !statement.includes('ON CLUSTER "c"'))).toEqual([]);
    expect(ddl.length).toBeGreaterThan(1);
  }
});

test('#627, #388: an engine with a written-out Keeper path says so instead of finding its own replica there', async () => {
  const clustered = new TestProject(oneShard(driver), 'main', '', ON_CLUSTER);
  const engine = "ReplicatedMergeTree('/clickhouse/{shard}/fixed', '{replica}')";
  const sql = 'select number as id from numbers(3)';
  await clustered.run(model('fixed', 'table', { engine }, sql));
  await expect(clustered.run(model('fixed', 'table', { engine }, sql))).rejects.toThrow(/\{uuid\}/);
  await expect(clustered.run(model('fixed', 'incremental', { engine, unique_key: 'id' }, sql))).rejects.toThrow(
    /\{uuid\}/,
  );
  // Adding rows needs no second table.
  await clustered.run(model('fixed', 'incremental', { engine, incremental_strategy: 'append' }, sql));
  expect(await project.rows('select count() from @fixed')).toEqual([[6]]);
  // {uuid} is another for every table, so a rebuilt one can stand beside the old.
  const moving = "ReplicatedMergeTree('/clickhouse/{shard}/{uuid}', '{replica}')";
  for (let run = 0; run < 2; run++) await clustered.run(model('moving', 'table', { engine: moving }, sql));
  expect(await leftovers()).toEqual([]);
});

test('#581: the comments of a table that a refreshable view fills are there after it was refreshed', async () => {
  const spec: ModelSpec = {
    ...model('timed', 'materialized_view', { refreshable: { interval: 'EVERY 1 DAY' } }, 'select 1 as id'),
    description: 'the table',
    columns: { id: { name: 'id', description: 'the id' } },
  };
  const config = { ...spec.config, persist_docs: { relation: true, columns: true } };
  await project.run({ ...spec, config });
  for (let round = 0; round < 2; round++) {
    await project.command('system refresh view @timed_mv');
    await project.command('system wait view @timed_mv');
    expect(
      await project.rows(
        "select t.comment, c.comment from system.tables t join system.columns c on c.database = t.database and c.table = t.name where t.database = 'main' and t.name = 'timed'",
      ),
    ).toEqual([['the table', 'the id']]);
  }
});

test('#652: the relations of all schemas are read in one query', async () => {
  let asked = 0;
  const counted = new Proxy(driver, {
    get(real, key) {
      if (key !== 'query') return Reflect.get(real, key).bind(real);
      return (sql: string, options: object) => {
        if (/system\.tables/.test(sql)) asked++;
        return real.query(sql, options);
      };
    },
  });
  const { openAdapter } = await import('../../../../src/adapter/index.ts');
  const adapter = await openAdapter({
    driver: counted,
    target: { profileName: 'p', name: 'dev', type: 'clickhouse', schema: 'main', threads: 1, credentials: {} },
    flags: {},
    invocationId: '00000000-0000-0000-0000-000000000000',
    emit: () => {},
  });
  await adapter.loadCatalog(['main', 'system', 'default', 'nowhere']);
  expect(asked).toBe(1);
});

test('#316, #333: a distributed table has the columns of its query after every run', async () => {
  const clustered = new TestProject(oneShard(driver), 'main', '', ON_CLUSTER);
  const sql = 'select number as id from numbers(3)';
  await clustered.run(model('wide', 'distributed_table', { sharding_key: 'id' }, sql));
  await clustered.run(
    model('wide', 'distributed_table', { sharding_key: 'id' }, `select id, 'x' as more from (${sql})`),
  );
  expect(
    await project.rows("select name from system.columns where database = 'main' and table = 'wide' order by position"),
  ).toEqual([['id'], ['more']]);
});
