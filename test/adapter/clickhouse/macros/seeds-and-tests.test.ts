import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSeed } from '../../../../src/adapter/index.ts';
import { hostFunction } from '../../../../src/jinja/index.ts';
import { driverOnServer } from '../private-server.ts';
import { type ModelSpec, TestProject } from './project.ts';

const dir = mkdtempSync(join(tmpdir(), 'tsdbt-seeds-'));
let project: TestProject;
let close: () => Promise<void>;

beforeAll(async () => {
  const server = await driverOnServer();
  close = server.close;
  project = new TestProject(server.driver, 'main');
});
afterAll(async () => {
  rmSync(dir, { recursive: true });
  await close();
});

function seed(name: string, csv: string, config: ModelSpec['config'] = {}): ModelSpec {
  const path = join(dir, `${name}.csv`);
  writeFileSync(path, csv);
  const types = Object.keys((config?.['column_types'] ?? {}) as object);
  const load = hostFunction('load_agate_table', () => loadSeed(path, { textColumns: types }));
  return {
    name,
    sql: '',
    materialized: 'seed',
    resourceType: 'seed',
    config,
    extras: new Map([['load_agate_table', load]]),
  };
}

describe('seeds', () => {
  const CSV = "id,name,amt,d,flag\n1,alice,1.5,2024-01-01,true\n2,b'ob,2.25,2024-01-02,false\n3,,3,,true\n";

  test('one INSERT with all rows, in place with one exchange', async () => {
    await project.run(seed('s1', CSV));
    const statements = await project.run(seed('s1', CSV));
    expect(statements).toEqual([
      'create table `s1__dbt_tmp_ID` ("id" Int32, "name" String, "amt" Float32, "d" Date, "flag" Bool) engine = MergeTree() order by (tuple())',
      'insert into `s1__dbt_tmp_ID` ("id", "name", "amt", "d", "flag") format CSV 1,alice,1.5,2024-01-01,True 2,b\'ob,2.25,2024-01-02,False 3,,3,,True',
      'EXCHANGE TABLES `s1__dbt_tmp_ID` AND `s1`',
      'drop table if exists `s1__dbt_tmp_ID`',
    ]);
    expect(await project.rows('select * from @s1 order by id')).toEqual([
      [1, 'alice', 1.5, '2024-01-01', true],
      [2, "b'ob", 2.25, '2024-01-02', false],
      [3, '', 3, '1970-01-01', true],
    ]);
  });

  test('a materialized view that reads the seed sees the rows of every load, as in dbt', async () => {
    await project.run(seed('fed', 'id\n1\n2\n'));
    await project.command('create table @eaten (id Int32) order by id');
    await project.command('create materialized view @eater to @eaten as select id from @fed');
    await project.run(seed('fed', 'id\n3\n'));
    await project.run({ ...seed('fed', 'id\n4\n'), fullRefresh: true });
    expect((await project.rows('select id from @eaten order by id')).flat()).toEqual([3, 4]);
    expect((await project.rows('select id from @fed')).flat()).toEqual([4]);
  });

  test('configured types, order and unquoted columns', async () => {
    const config = {
      column_types: { id: 'UInt32', name: 'LowCardinality(String)' },
      engine: 'MergeTree',
      order_by: ['id'],
      quote_columns: false,
    };
    const [create] = await project.run(seed('s2', 'id,name\n007,x\n', config));
    expect(create).toBe(
      'create table `s2__dbt_tmp_ID` (id UInt32, name LowCardinality(String)) engine = MergeTree order by (id)',
    );
    expect(await project.rows('select * from @s2')).toEqual([[7, 'x']]);
  });

  test('headers alone make an empty table; a broken value leaves the old rows', async () => {
    await project.run(seed('s3', 'id\n1\n'));
    await expect(project.run(seed('s3', 'id\nx\n', { column_types: { id: 'UInt8' } }))).rejects.toThrow(
      /INCORRECT_DATA|CANNOT_PARSE/,
    );
    expect(await project.rows('select * from @s3')).toEqual([[1]]);
    await project.run(seed('s3', 'id\n'));
    expect(await project.rows('select count() from @s3')).toEqual([[0]]);
  });

  test('a view of the name is not overwritten', async () => {
    await project.command('create view @s4 as select 1 as id');
    await expect(project.run(seed('s4', 'id\n1\n'))).rejects.toThrow(/Cannot seed to .*s4.*, it is a view/);
  });
});

describe('tests', () => {
  const check = (sql: string, config: ModelSpec['config'] = {}): ModelSpec => ({
    name: 'check_it',
    resourceType: 'test',
    materialized: 'test',
    sql,
    config: { fail_calc: 'count(*)', warn_if: '!= 0', error_if: '>10', ...config },
  });
  const FAILING = 'select number as id from numbers(5)';
  const HEAD = 'select count(*) as failures, count(*) != 0 as should_warn, count(*) >10 as should_error from';

  test('one row with the number of failures', async () => {
    expect(await project.run(check(FAILING))).toEqual([`${HEAD} (${FAILING}) dbt_internal_test`]);
  });

  test('a limit stands before the settings of the query', async () => {
    const sql = 'select 1 as x\n-- end_of_sql\nsettings join_use_nulls = 1';
    expect(await project.run(check(sql, { limit: 2 }))).toEqual([
      `${HEAD} (select 1 as x limit 2 -- end_of_sql settings join_use_nulls = 1) dbt_internal_test`,
    ]);
    await expect(project.run(check('select 1 settings max_threads = 1', { limit: 2 }))).rejects.toThrow(
      /-- end_of_sql must be set/,
    );
    expect(await project.run(check('select 1 as settings', { limit: 2 }))).toHaveLength(1);
  });

  test('failures are stored as a table, or as a view, each in the place of the other', async () => {
    const engine = () => project.rows("select engine from system.tables where database = 'main' and name = 'check_it'");
    const statements = await project.run(check(FAILING, { store_failures: true }));
    expect(statements.at(-1)).toBe(`${HEAD} (select * from \`check_it\`) dbt_internal_test`);
    expect(await engine()).toEqual([['MergeTree']]);
    await project.run(check(FAILING, { store_failures: true, store_failures_as: 'view' }));
    expect(await engine()).toEqual([['View']]);
    await project.run(check(FAILING, { store_failures: true }));
    expect(await project.rows('select count() from @check_it')).toEqual([[5]]);
    await expect(project.run(check(FAILING, { store_failures: true, store_failures_as: 'file' }))).rejects.toThrow(
      /'file' is not a valid value/,
    );
  });

  const GENERIC: readonly [name: string, args: readonly unknown[], text: string][] = [
    ['test_not_null', ['m', 'c'], '\n    \n    \n\n\n\nselect c\nfrom m\nwhere c is null\n\n\n'],
    [
      'test_unique',
      ['m', 'c'],
      '\n    \n    \n\nselect\n    c as unique_field,\n    count(*) as n_records\n\nfrom m\nwhere c is not null\ngroup by c\nhaving count(*) > 1\n\n\n',
    ],
    [
      'test_accepted_values',
      ['m', 'c', ['a', 'b']],
      "\n    \n    \n\nwith all_values as (\n\n    select\n        c as value_field,\n        count(*) as n_records\n\n    from m\n    group by c\n\n)\n\nselect *\nfrom all_values\nwhere value_field not in (\n    'a','b'\n)\n\n\n",
    ],
    [
      'test_relationships',
      ['m', 'c', 'p', 'k'],
      '\n    \n    \n\nwith child as (\n    select c as from_field\n    from m\n    where c is not null\n),\n\nparent as (\n    select k as to_field\n    from p\n)\n\nselect\n    from_field\n\nfrom child\nleft join parent\n    on child.from_field = parent.to_field\n\nwhere parent.to_field is null\n-- end_of_sql\nsettings join_use_nulls = 1\n\n\n',
    ],
  ];
  test.each(GENERIC)('%s prints what dbt prints, byte for byte', async (name, args, text) => {
    expect(await project.call(name, args)).toBe(text);
  });
});

test('dbt-clickhouse #737: a unit test asks for types instead of making a table', async () => {
  const spec = {
    name: 'u',
    resourceType: 'unit_test',
    materialized: 'unit',
    sql: "select toUInt8(1) as a, cast('x' as LowCardinality(String)) as b, now() as unseen",
    config: { expected_rows: [{ a: 1, B: "it's" }] },
  };
  const [describe, compare, ...rest] = await project.run(spec);
  expect([describe?.startsWith('describe ('), rest]).toEqual([true, []]);
  expect(compare).toContain(`select CAST(1 AS UInt8) as "a", CAST('it\\'s' AS LowCardinality(String)) as "b"`);
  expect(compare).toContain(`select "a", "b", 'actual' as "actual_or_expected" from (${spec.sql})`);
});
