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

const SQL = "select number as id, toDateTime('2024-01-01 10:00:00', 'UTC') + number * 86400 as ts from numbers(3)";
const COLUMNS = {
  id: { name: 'id', data_type: 'UInt64' },
  ts: { name: 'ts', data_type: "DateTime('UTC')" },
  day: { name: 'day', data_type: 'Date', materialized: 'toDate(ts)' },
  label: { name: 'label', data_type: 'String', alias: "concat('no. ', toString(id))" },
  source: { name: 'source', data_type: 'LowCardinality(String)', default: "'app'", codec: 'ZSTD(1)' },
};
const model = (name: string, more: Partial<ModelSpec> = {}): ModelSpec => ({
  name,
  sql: SQL,
  columns: COLUMNS,
  ...more,
  config: { order_by: 'id', partition_by: 'toYYYYMM(day)', ...more.config },
});
const rows = (name: string) => project.rows(`select id, toString(day), label, source from @${name} order by id`);
const row = (id: number, source = 'app') => [id, `2024-01-0${id + 1}`, `no. ${id}`, source];
const kinds = async (name: string) =>
  Object.fromEntries(
    (await project.rows(
      `select name, trim(concat(default_kind, ' ', default_expression)) from system.columns where database = 'main' and table = '${name}'`,
    )) as [string, string][],
  );

test('a table has them, may be partitioned by them, and fills them (dbt-clickhouse #553)', async () => {
  await project.run(model('t'));
  expect(await rows('t')).toEqual([row(0), row(1), row(2)]);
  expect(await kinds('t')).toEqual({
    id: '',
    ts: '',
    day: 'MATERIALIZED toDate(ts)',
    label: "ALIAS concat('no. ', toString(id))",
    source: "DEFAULT 'app'",
  });
  expect((await project.rows('select * from @t limit 0')).length).toBe(0);
  await project.run(model('t', { sql: `${SQL} where number < 2` }));
  expect(await rows('t')).toHaveLength(2);
});

test('what has a DEFAULT may be given by the query', async () => {
  const sql = `select *, if(id = 1, 'web', 'app') as source from (${SQL})`;
  await project.run(model('given', { sql }));
  expect(await rows('given')).toEqual([row(0), row(1, 'web'), row(2)]);
  expect((await kinds('given'))['source']).toBe("DEFAULT 'app'");
});

test('a contract does not ask the query for them, and still sees what is wrong', async () => {
  const config = { contract: { enforced: true, alias_types: true } };
  await project.run(model('contracted', { config }));
  expect(await rows('contracted')).toEqual([row(0), row(1), row(2)]);
  const given = `select *, toLowCardinality('web') as source from (${SQL})`;
  await project.run(model('contracted', { config, sql: given }));
  expect(await rows('contracted')).toEqual([row(0, 'web'), row(1, 'web'), row(2, 'web')]);
  const wrong = model('contracted', { config, sql: `select *, 1 as more from (${SQL})` });
  await expect(project.run(wrong)).rejects.toThrow(/more +\| UInt8 +\| +\| missing in contract/);
  const computed = model('contracted', { config, sql: `select *, toDate(ts) as day from (${SQL})` });
  await expect(project.run(computed)).rejects.toThrow();
  expect(await rows('contracted')).toHaveLength(3);
});

describe('incremental', () => {
  const next = `select id + 2 as id, ts + 2 * 86400 as ts from (${SQL})`;
  const ALL = [0, 1, 2, 3, 4].map((id) => row(id));
  test.each([
    ['default', { unique_key: 'id' }],
    ['replacing', { unique_key: 'id', engine: 'ReplacingMergeTree()', order_by: '(id, ts)' }],
    ['delete_insert', { unique_key: 'id', incremental_strategy: 'delete+insert' }],
    [
      'columns_compared',
      { unique_key: 'id', incremental_strategy: 'delete+insert', on_schema_change: 'sync_all_columns' },
    ],
    ['insert_overwrite', { incremental_strategy: 'insert_overwrite', partition_by: 'day' }],
    ['append', { incremental_strategy: 'append' }],
    [
      'contracted_append',
      { incremental_strategy: 'append', on_schema_change: 'append_new_columns', contract: { enforced: true } },
    ],
  ])('%s', async (name, config) => {
    const incremental = (sql: string) => model(`inc_${name}`, { sql, materialized: 'incremental', config });
    await project.run(incremental(SQL));
    const adds = name.endsWith('append');
    await project.run(incremental(adds ? `select * from (${next}) where id > 2` : next));
    expect(await rows(`inc_${name}`)).toEqual(ALL);
    expect((await kinds(`inc_${name}`))['day']).toBe('MATERIALIZED toDate(ts)');
  });

  const changed = (on_schema_change: string): ModelSpec => {
    const { label: _, ...others } = COLUMNS;
    const columns = {
      ...others,
      source: { ...COLUMNS.source, default: "'other'" },
      hour: { name: 'hour', data_type: 'UInt8', materialized: 'toHour(ts)' },
    };
    const config = { on_schema_change, incremental_strategy: 'append' };
    return model(`changed_${on_schema_change}`, { columns, config, materialized: 'incremental', sql: next });
  };
  const first = (on_schema_change: string) => project.run({ ...changed(on_schema_change), columns: COLUMNS, sql: SQL });

  test('append_new_columns adds those that are new; one that is no longer described stays', async () => {
    await first('append_new_columns');
    await project.run(changed('append_new_columns'));
    expect(await kinds('changed_append_new_columns')).toMatchObject({
      hour: 'MATERIALIZED toHour(ts)',
      source: "DEFAULT 'app'",
      label: expect.stringContaining('ALIAS'),
    });
  });

  test('sync_all_columns changes expressions too, and nothing where nothing has changed', async () => {
    await first('sync_all_columns');
    await project.run(changed('sync_all_columns'));
    expect(await kinds('changed_sync_all_columns')).toMatchObject({ source: "DEFAULT 'other'" });
    const again = await project.run(changed('sync_all_columns'));
    expect(again.filter((sql) => sql.startsWith('alter'))).toEqual([]);
  });

  test('fail says what differs', async () => {
    await first('fail');
    await expect(project.run(changed('fail'))).rejects.toThrow(/`hour` UInt8 MATERIALIZED toHour\(ts\)/);
    await first('ignore');
    await project.run(changed('ignore'));
    expect(Object.keys(await kinds('changed_ignore'))).not.toContain('hour');
  });
});

test('two ways to fill one column', async () => {
  const columns = { ...COLUMNS, day: { name: 'day', data_type: 'Date', alias: 'toDate(ts)', default: 'today()' } };
  await expect(project.run(model('both', { columns }))).rejects.toThrow("Column 'day' has `default` and `alias`");
});

test('columns that a hook has made are left alone by inserts', async () => {
  const plain = {
    columns: {},
    config: { partition_by: null, unique_key: 'id', incremental_strategy: 'delete+insert' },
  };
  await project.run(model('hooked', { ...plain, materialized: 'incremental' }));
  await project.command('alter table @hooked add column day Date materialized toDate(ts)');
  await project.run(model('hooked', { ...plain, materialized: 'incremental' }));
  expect(await project.rows('select count(), max(day) = toDate(max(ts)) from @hooked')).toEqual([[3, 1]]);
});
