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
const NEW =
  "select number as id, toDate('2024-01-01') + number % 3 as dt, number * 100 as v from numbers(7) where id >= 3";
const model = (name: string, config: ModelSpec['config'], sql = SQL): ModelSpec => ({
  name,
  sql,
  materialized: 'incremental',
  config: { order_by: ['id'], ...config },
});
const COLUMNS = (name: string) =>
  `select name, type, default_kind, default_expression from system.columns where database = 'main' and table = '${name}' order by position`;
const ENGINE = "engine = MergeTree() order by (id) -- end_of_sql SETTINGS replicated_deduplication_window='0'";

describe('strategies', () => {
  test('default: five statements, one exchange', async () => {
    await project.run(model('def', { unique_key: 'id' }));
    expect(await project.run(model('def', { unique_key: 'id' }, NEW))).toEqual([
      COLUMNS('def'),
      `create table \`def__dbt_tmp_ID\` ${ENGINE} as (${NEW})`,
      'insert into `def__dbt_tmp_ID` ("id", "dt", "v") select "id", "dt", "v" from `def` where (id) not in (select id from `def__dbt_tmp_ID`)',
      'EXCHANGE TABLES `def__dbt_tmp_ID` AND `def`',
      'drop table if exists `def__dbt_tmp_ID`',
    ]);
    expect(await project.rows('select groupArray((id, v)) from (select * from @def order by id)')).toEqual([
      [
        [
          [0, 0],
          [1, 2],
          [2, 4],
          [3, 300],
          [4, 400],
          [5, 500],
          [6, 600],
        ],
      ],
    ]);
  });

  test('default on an engine that merges rows of one sorting key: old rows first, so that the new ones win', async () => {
    const config = { unique_key: 'id', engine: 'ReplacingMergeTree()', order_by: 'dt' };
    await project.run(model('repl', config));
    const statements = await project.run(model('repl', config, NEW));
    expect(statements.filter((sql) => sql.startsWith('insert'))).toEqual([
      'insert into `repl__dbt_tmp_ID` ("id", "dt", "v") select "id", "dt", "v" from `repl` where (id) not in (select id from `repl__dbt_new_data_ID`)',
      'insert into `repl__dbt_tmp_ID` select * from `repl__dbt_new_data_ID`',
    ]);
    // One row for each dt: the last of the new data.
    expect(await project.rows('select id from @repl final order by dt')).toEqual([[6], [4], [5]]);
  });

  test('delete+insert', async () => {
    const config = {
      unique_key: ['id', 'dt'],
      incremental_strategy: 'delete+insert',
      incremental_predicates: ['v < 7'],
    };
    await project.run(model('di', config));
    expect(await project.run(model('di', config, NEW))).toEqual([
      `create table \`di__dbt_new_data_ID\` ${ENGINE} as (${NEW})`,
      COLUMNS('di'),
      'create table `di__dbt_updated_ID` clone as `di`',
      'delete from `di__dbt_updated_ID` where (id, dt) in (select id, dt from `di__dbt_new_data_ID`) and v < 7',
      'insert into `di__dbt_updated_ID` ("id", "dt", "v") select "id", "dt", "v" from `di__dbt_new_data_ID`',
      'EXCHANGE TABLES `di__dbt_updated_ID` AND `di`',
      'drop table if exists `di__dbt_updated_ID`',
      'drop table if exists `di__dbt_new_data_ID`',
    ]);
    // Row 3 (v = 6) is replaced; row 4 (v = 8) the predicate protects.
    expect(await project.rows('select id, v from @di where id in (3, 4) order by id, v')).toEqual([
      [3, 300],
      [4, 8],
      [4, 400],
    ]);
  });

  test('delete+insert that cannot insert leaves the rows it would have deleted', async () => {
    const config = { unique_key: 'id', incremental_strategy: 'delete+insert' };
    await project.run(model('di_torn', config));
    await project.command('alter table @di_torn add constraint small check v < 50');
    await expect(project.run(model('di_torn', config, NEW))).rejects.toThrow(/small/);
    expect(await project.rows('select groupArray(v) from (select v from @di_torn order by id)')).toEqual([
      [[0, 2, 4, 6, 8]],
    ]);
  });

  test('delete+insert where a materialized view reads the table: the view gets the new rows', async () => {
    const config = { unique_key: 'id', incremental_strategy: 'delete+insert' };
    await project.run(model('di_read', config));
    await project.command('create database if not exists elsewhere');
    await project.command(
      'create materialized view elsewhere.copies engine = MergeTree order by id as select id, v from @di_read',
    );
    const statements = await project.run(model('di_read', config, NEW));
    expect(statements.filter((sql) => sql.includes('clone'))).toEqual([]);
    expect(await project.rows('select v from elsewhere.copies order by id')).toEqual([[300], [400], [500], [600]]);
    await project.command('drop database elsewhere');
  });

  test('append: one statement', async () => {
    await project.run(model('app', {}));
    expect(await project.run(model('app', {}, NEW))).toEqual([`insert into \`app\` ${NEW}`]);
    expect(await project.rows('select count() from @app')).toEqual([[9]]);
  });

  test('insert_overwrite replaces the partitions that have new rows', async () => {
    const config = { incremental_strategy: 'insert_overwrite', partition_by: 'dt' };
    await project.run(model('io', config));
    const statements = await project.run(
      model('io', config, "select toUInt64(10) as id, toDate('2024-01-02') as dt, toUInt64(1) as v"),
    );
    expect(statements[2]).toBe("alter table `io` replace partition id '20240102' from `io__dbt_new_data_ID`");
    expect(await project.rows('select id from @io order by id')).toEqual([[0], [2], [3], [10]]);
  });

  test('full refresh builds anew', async () => {
    await project.run(model('full', { unique_key: 'id' }));
    const statements = await project.run({ ...model('full', { unique_key: 'id' }, NEW), fullRefresh: true });
    expect(statements).toHaveLength(3);
    expect(await project.rows('select count() from @full')).toEqual([[4]]);
  });

  const WRONG: readonly [config: ModelSpec['config'], message: string][] = [
    [
      { unique_key: 'id', incremental_strategy: 'merge' },
      "The incremental strategy 'merge' is not valid for ClickHouse.",
    ],
    [
      { incremental_strategy: 'insert_overwrite' },
      "'insert_overwrite' strategy requires non-empty 'partition_by'. Current partition_by is None.",
    ],
    [
      { unique_key: 'id', partition_by: 'dt', incremental_strategy: 'insert_overwrite' },
      "'insert_overwrite' strategy does not support unique_key.",
    ],
    [{ unique_key: 'id', predicates: ['v > 1'] }, "Cannot apply incremental predicates with 'legacy' strategy."],
  ];
  test.each(WRONG)('%j is refused before anything is changed', async (config, message) => {
    await project.run(model('wrong', {}));
    await expect(project.run(model('wrong', config, NEW))).rejects.toThrow(message);
    expect(project.statements).toEqual([]);
  });
});

describe('on_schema_change', () => {
  const WIDER =
    "select number as id, 'e' as extra, toDate('2024-01-01') + number % 3 as dt, number * 100 as v from numbers(5) where id >= 3";
  const STRATEGIES = [
    ['append', {}],
    ['legacy', { unique_key: 'id' }],
    ['delete_insert', { unique_key: 'id', incremental_strategy: 'delete+insert' }],
  ] as const;

  test.each(STRATEGIES)(
    'dbt-clickhouse #435, #258: append_new_columns with %s: the new column arrives, in whatever place the query has it',
    async (name, config) => {
      const full = { ...config, on_schema_change: 'append_new_columns' };
      await project.run(model(`anc_${name}`, full));
      await project.run(model(`anc_${name}`, full, WIDER));
      expect(await project.rows(`select distinct extra, v >= 300 from @anc_${name} order by 1`)).toEqual([
        ['', 0],
        ['e', 1],
      ]);
    },
  );

  test.each(STRATEGIES)('sync_all_columns with %s follows in both directions', async (name, config) => {
    const full = { ...config, on_schema_change: 'sync_all_columns' };
    const columns = () =>
      project.rows(`select name from system.columns where database = 'main' and table = 'sac_${name}' order by name`);
    await project.run(model(`sac_${name}`, full));
    await project.run(model(`sac_${name}`, full, WIDER));
    expect(await columns()).toEqual([['dt'], ['extra'], ['id'], ['v']]);
    await project.run(model(`sac_${name}`, full, NEW));
    expect(await columns()).toEqual([['dt'], ['id'], ['v']]);
  });

  test.each(STRATEGIES)(
    'fail with %s: an error that lists the columns, and the table as it was',
    async (name, config) => {
      const full = { ...config, on_schema_change: 'fail' };
      await project.run(model(`fail_${name}`, full));
      await expect(project.run(model(`fail_${name}`, full, WIDER))).rejects.toThrow(
        /Target columns not in source: \['extra String'\]/,
      );
      expect(await project.rows(`select count() from @fail_${name}`)).toEqual([[5]]);
    },
  );

  test('dbt-clickhouse #272, #271: a type that changes is looked for under the settings of the model', async () => {
    const config = { on_schema_change: 'fail', query_settings: { join_use_nulls: 1 } };
    const sql = 'select a.number as id, b.number as other from numbers(3) as a left join numbers(2) as b using number';
    await project.run({ ...model('nulls', config, sql), config: { ...config, order_by: 'id', engine: 'MergeTree()' } });
    await project.run({ ...model('nulls', config, sql) });
    expect(
      await project.rows(
        "select type from system.columns where database = 'main' and table = 'nulls' and name = 'other'",
      ),
    ).toEqual([['Nullable(UInt64)']]);
  });
});

test('dbt-clickhouse #642: a failed run leaves no staging relation, whichever statement fails', async () => {
  const config = { unique_key: 'id', incremental_strategy: 'delete+insert' };
  await project.run(model('torn', config));
  await expect(project.run(model('torn', { ...config, predicates: ['no_such_column = 1'] }, NEW))).rejects.toThrow(
    /no_such_column/,
  );
  expect(
    await project.rows("select name from system.tables where database = 'main' and name like '%\\_\\_dbt%'"),
  ).toEqual([]);
  expect(await project.rows('select count() from @torn')).toEqual([[5]]);
});
