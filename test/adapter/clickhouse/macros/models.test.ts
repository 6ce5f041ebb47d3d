import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { driverOnServer } from '../private-server.ts';
import { type ModelSpec, TestProject } from './project.ts';

let project: TestProject;
let close: () => Promise<void>;

beforeAll(async () => {
  const server = await driverOnServer();
  close = server.close;
  project = new TestProject(server.driver, 'main');
});
afterAll(() => close());

const SQL = "select number as id, toDate('2024-01-01') + number % 3 as dt, number * 2 as v from numbers(5)";
const TABLE_CLAUSES = "engine = MergeTree() order by (id) -- end_of_sql SETTINGS replicated_deduplication_window='0'";
const table = (name: string, more: Partial<ModelSpec> = {}): ModelSpec => ({
  name,
  sql: SQL,
  config: { order_by: ['id'] },
  ...more,
});
const relations = async (): Promise<readonly unknown[]> =>
  (await project.rows("select name from system.tables where database = 'main' order by name")).map(([name]) => name);

describe('table', () => {
  test('is built beside and renamed at first, exchanged later, created and filled in one statement', async () => {
    expect(await project.run(table('t'))).toEqual([
      `create table \`t__dbt_tmp_ID\` ${TABLE_CLAUSES} as (${SQL})`,
      'rename table `t__dbt_tmp_ID` to `t`',
    ]);
    expect(await project.run(table('t'))).toEqual([
      `create table \`t__dbt_tmp_ID\` ${TABLE_CLAUSES} as (${SQL})`,
      'EXCHANGE TABLES `t__dbt_tmp_ID` AND `t`',
      'drop table if exists `t__dbt_tmp_ID`',
    ]);
    expect(await project.rows('select count(), sum(v) from @t')).toEqual([[5, 20]]);
  });

  test('that fails leaves what was there, and nothing else', async () => {
    const failing = { sql: 'select throwIf(number = 70000) as id from numbers(100000)' };
    await expect(project.run(table('never', failing))).rejects.toThrow(/throwIf/);
    await project.run(table('kept'));
    await expect(project.run(table('kept', failing))).rejects.toThrow(/throwIf/);
    expect(await project.rows('select count() from @kept')).toEqual([[5]]);
    expect(await relations()).not.toContain('never');
    expect((await relations()).filter((name) => String(name).includes('__dbt'))).toEqual([]);
    expect(project.warnings).toEqual([]);
  });

  test('takes the place of a view, and a view that of a table', async () => {
    await project.run(table('shape', { materialized: 'view' }));
    await project.run(table('shape'));
    expect(await project.rows("select engine from system.tables where database = 'main' and name = 'shape'")).toEqual([
      ['MergeTree'],
    ]);
    expect(await project.run(table('shape', { materialized: 'view' }))).toEqual([
      `create or replace view \`shape\` as (${SQL}) -- end_of_sql`,
    ]);
    expect(await project.rows("select engine from system.tables where database = 'main' and name = 'shape'")).toEqual([
      ['View'],
    ]);
  });

  test('has all of the configured clauses', async () => {
    const config = {
      engine: 'ReplacingMergeTree(v)',
      order_by: ['id', 'dt'],
      primary_key: 'id',
      partition_by: 'toYYYYMM(dt)',
      ttl: 'dt + interval 100 year',
      settings: { index_granularity: 4096 },
      query_settings: { max_threads: 1 },
    };
    const [create] = await project.run(table('full', { config }));
    expect(create).toBe(
      'create table `full__dbt_tmp_ID` engine = ReplacingMergeTree(v) order by (id,dt) primary key id partition by (toYYYYMM(dt)) ' +
        "ttl dt + interval 100 year -- end_of_sql SETTINGS index_granularity=4096, replicated_deduplication_window='0' " +
        `as (${SQL}) -- settings_section SETTINGS max_threads=1`,
    );
  });

  test('gets indexes and projections before its rows', async () => {
    const config = {
      order_by: 'id',
      indexes: [{ name: 'i', definition: 'v type minmax' }],
      projections: [
        { name: 'p', query: 'select dt order by v' },
        { name: 'q', index: ['v', 'dt'] },
      ],
    };
    const statements = await project.run(table('indexed', { config }));
    expect(statements.slice(1)).toEqual([
      'alter table `indexed__dbt_tmp_ID` add projection p (select dt order by v), add projection q index (v, dt) type basic, add index i v type minmax',
      `insert into \`indexed__dbt_tmp_ID\` ${SQL}`,
      'rename table `indexed__dbt_tmp_ID` to `indexed`',
    ]);
    expect(await project.rows('select count() from @indexed')).toEqual([[5]]);
  });
});

describe('contract', () => {
  const columns = {
    v: { name: 'v', data_type: 'UInt64', constraints: [] },
    id: { name: 'id', data_type: 'UInt64', codec: 'ZSTD', constraints: [] },
    dt: { name: 'dt', data_type: 'Date', constraints: [] },
  };
  const config = { contract: { enforced: true, alias_types: true } };

  test('names the columns on both sides', async () => {
    const [describe, create, insert] = await project.run(table('bound', { columns, config }));
    expect(describe).toBe(`describe (${SQL})`);
    expect(create).toContain(
      '(`v` UInt64, `id` UInt64 CODEC(ZSTD), `dt` Date) engine = MergeTree() order by (tuple())',
    );
    expect(insert).toBe(`insert into \`bound__dbt_tmp_ID\` ("v", "id", "dt") select "v", "id", "dt" from (${SQL})`);
    expect(await project.rows('select id, v from @bound where id = 2')).toEqual([[2, 4]]);
  });

  test('that does not hold is an error with the columns that differ', async () => {
    const wrong = { ...columns, dt: { name: 'dt', data_type: 'DateTime', constraints: [] } };
    await expect(project.run(table('broken', { columns: wrong, config }))).rejects.toThrow(
      /dt +\| Date +\| DateTime +\| data type mismatch/,
    );
    expect(await relations()).not.toContain('broken');
  });
});

test('a hook that SETs holds for the statements of its node, and for no others', async () => {
  const hook = { sql: 'SET max_block_size = 777', transaction: true, index: null };
  const sql = "select getSetting('max_block_size') as x";
  await project.run({ name: 'hooked', sql, config: { 'pre-hook': [hook] } });
  await project.run({ name: 'unhooked', sql });
  expect(await project.rows('select x from @hooked')).toEqual([[777]]);
  expect(await project.rows('select x = 777 from @unhooked')).toEqual([[0]]);
});

test('descriptions become comments in one statement, quotes and all', async () => {
  const statements = await project.run(
    table('documented', {
      description: "it's a table",
      columns: { id: { name: 'id', description: "the 'id'" }, gone: { name: 'gone', description: 'not there' } },
      config: { persist_docs: { relation: true, columns: true } },
    }),
  );
  expect(statements.at(-1)).toMatch(
    /^alter table `documented` modify comment .*it's a table.*, comment column `id` [^,]*$/,
  );
  expect(
    await project.rows("select comment from system.tables where database = 'main' and name = 'documented'"),
  ).toEqual([["it's a table"]]);
});

test('a macro of the project wins over the built-in one of its name', async () => {
  const { driver, close: closeOther } = await driverOnServer();
  const own = '{% macro engine_clause() %} engine = Memory {% endmacro %}{% macro order_cols(label) %}{% endmacro %}';
  const other = new TestProject(driver, 'main', own, { allow_automatic_deduplication: true });
  expect((await other.run(table('mine')))[0]).toBe(
    `create table \`mine__dbt_tmp_ID\` engine = Memory -- end_of_sql as (${SQL})`,
  );
  await closeOther();
});

test('a function is an expression the whole server knows, with the type it is to return', async () => {
  const node = {
    arguments: [
      { name: 'a', data_type: 'UInt8' },
      { name: 'b', data_type: 'UInt8' },
    ],
    returns: { data_type: 'UInt16' },
    language: 'sql',
  };
  const spec: ModelSpec = { name: 'tsdbt_sum', sql: 'a + b', materialized: 'function', node };
  expect(await project.run(spec)).toEqual([
    'CREATE OR REPLACE FUNCTION `tsdbt_sum` AS (a, b) -> CAST((a + b) AS UInt16)',
  ]);
  expect(await project.rows('select tsdbt_sum(1, 2), toTypeName(tsdbt_sum(1, 2))')).toEqual([[3, 'UInt16']]);
  await expect(project.run({ ...spec, node: { ...node, language: 'python' } })).rejects.toThrow(
    /scalar functions in SQL only/,
  );
});
