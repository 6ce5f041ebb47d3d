import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clickhouseDialect, type Driver } from '../../../../src/adapter/index.ts';
import { scanBlocks } from '../../../../src/jinja/index.ts';
import { driverOnServer } from '../private-server.ts';
import { type ModelSpec, TestProject } from './project.ts';

/** Macros that projects and packages call, and override, by the names they have in dbt and dbt-clickhouse. */
let driver: Driver;
let close: () => Promise<void>;

beforeAll(async () => {
  const server = await driverOnServer();
  ({ driver, close } = server);
  await new TestProject(driver, 'main').command('create table @t (id UInt64, v UInt64) order by id');
});
afterAll(() => close());

test('every macro of dbt 1.12.6 and dbt-clickhouse 1.10.3 is there, in the package it has there', () => {
  const names = readFileSync(fileURLToPath(new URL('dbt-names.txt', import.meta.url)), 'utf8')
    .trimEnd()
    .split('\n');
  const own = clickhouseDialect
    .builtinMacros()
    .flatMap(({ packageName, contents }) =>
      scanBlocks(contents, { blocks: ['macro', 'test', 'materialization'] }).map(
        ({ type, name }) => `${packageName} ${type === 'test' ? 'test_' : ''}${name}`,
      ),
    );
  expect(names.filter((line) => !own.includes(line))).toEqual([]);
});

const COLUMNS = "[api.Column.create('id', 'UInt64'), api.Column.create('v', 'UInt64')]";
const TABLE = "api.Relation.create(schema='main', identifier='t', type='table')";
const TEXTS: readonly [expression: string, text: string][] = [
  [
    `get_merge_sql(${TABLE}, 'src', 'id', ${COLUMNS})`,
    'merge into `main`.`t` as DBT_INTERNAL_DEST using src as DBT_INTERNAL_SOURCE on ((DBT_INTERNAL_SOURCE.id = DBT_INTERNAL_DEST.id)) when matched then update set "id" = DBT_INTERNAL_SOURCE."id", "v" = DBT_INTERNAL_SOURCE."v" when not matched then insert ("id", "v") values ("id", "v")',
  ],
  [
    `get_merge_sql(${TABLE}, 'src', none, ${COLUMNS}, ['v > 1'])`,
    'merge into `main`.`t` as DBT_INTERNAL_DEST using src as DBT_INTERNAL_SOURCE on (v > 1) and (FALSE) when not matched then insert ("id", "v") values ("id", "v")',
  ],
  [
    `get_delete_insert_merge_sql(${TABLE}, 'src', ['id', 'v'], ${COLUMNS}, ['v > 1'])`,
    'delete from `main`.`t` as DBT_INTERNAL_DEST where (id, v) in (select distinct id, v from src as DBT_INTERNAL_SOURCE) and v > 1; insert into `main`.`t` ("id", "v") (select "id", "v" from src)',
  ],
  [
    `get_insert_overwrite_merge_sql(${TABLE}, 'src', ${COLUMNS}, ['v = 1', 'id = 2'])`,
    'merge into `main`.`t` as DBT_INTERNAL_DEST using src as DBT_INTERNAL_SOURCE on FALSE when not matched by source and v = 1 and id = 2 then delete when not matched then insert ("id", "v") values ("id", "v")',
  ],
  [
    `adapter.get_incremental_strategy_macro(context, 'append')({'target_relation': ${TABLE}, 'temp_relation': 'src', 'dest_columns': ${COLUMNS}})`,
    'insert into `main`.`t` ("id", "v") (select "id", "v" from src)',
  ],
  [`get_drop_sql(${TABLE})`, 'drop table if exists `main`.`t`'],
  [`get_drop_sql(api.Relation.create(schema='main', identifier='v', type='view'))`, 'drop view if exists `main`.`v`'],
  [`get_rename_sql(${TABLE}, 'u')`, 'rename table `main`.`t` to `main`.`u`'],
  [
    `get_create_backup_sql(${TABLE})`,
    'drop table if exists `main`.`t__dbt_backup`; rename table `main`.`t` to `main`.`t__dbt_backup`',
  ],
  [
    `get_replace_sql(${TABLE}, ${TABLE}, 'select 1 as id')`,
    "drop table if exists `main`.`t`; create table `main`.`t` engine = MergeTree() order by (tuple()) -- end_of_sql SETTINGS replicated_deduplication_window='0' as (select 1 as id)",
  ],
  [`strip_identifier_quotes('\`a\`') ~ strip_identifier_quotes(' "b" ') ~ strip_identifier_quotes('c')`, 'abc'],
  [`get_relation_from_string('\`main\`.\`t\`') ~ get_relation_from_string('main.nobody')`, '`main`.`t`None'],
  [`clickhouse__extract_mv_views('--a:begin x --a:end').keys() | list`, "['a']"],
  [
    `'get_merge_sql' in context, 'no_such_macro' in context, context.get('no_such_macro') is none`,
    '(True, False, True)',
  ],
  [`is_core_v2()`, 'False'],
  [`this.incorporate(type=this.Function).is_function`, 'True'],
  [`dbt.except() ~ ' ' ~ dbt.intersect() ~ ' ' ~ dbt.escape_single_quotes("it's")`, "except intersect it''s"],
  [
    `dbt.listagg('v', "', '", 'order by id desc', 2)`,
    "arrayStringConcat(arraySlice(arrayMap(x -> x.1, arrayReverseSort(x -> x.2, arrayZip(array_agg(v), array_agg(id)))), 1, 2), ', ')",
  ],
];

describe('what they give', () => {
  test.each(TEXTS)('%s', async (expression, text) => {
    const project = new TestProject(driver, 'main', `{% macro shown() %}{{ ${expression} }}{% endmacro %}`);
    const given = String(await project.call('shown', []));
    expect(given.replace(/\s+/g, ' ').replace(/\( /g, '(').replace(/ \)/g, ')').trim()).toBe(text);
  });
});

const MODEL: ModelSpec = {
  name: 'keyed',
  materialized: 'incremental',
  sql: 'select number as id, 1 as v from numbers(3)',
  config: { order_by: ['id'], unique_key: 'id', incremental_strategy: 'delete+insert' },
};

test.each([
  [
    'clickhouse__incremental_delete_insert',
    '(existing_relation, unique_key, incremental_predicates, is_distributed=False)',
    'delete+insert',
  ],
  [
    'clickhouse__incremental_legacy',
    '(existing_relation, intermediate_relation, column_changes, unique_key, is_distributed=False)',
    'legacy',
  ],
  ['clickhouse__insert_into', '(target_relation, sql, has_contract, use_columns_from_sql=False)', 'append'],
])("a project's %s, with the arguments it has in dbt-clickhouse, is called", async (name, parameters, strategy) => {
  const body =
    name === 'clickhouse__incremental_legacy'
      ? "{% do run_query('create table ' ~ intermediate_relation ~ ' order by id as ' ~ sql ~ ' union all select 42, 42') %}"
      : name === 'clickhouse__insert_into'
        ? 'insert into {{ target_relation }} select 42 as id, 42 as v'
        : "{% do run_query('insert into ' ~ existing_relation ~ ' select 42, 42') %}{% call statement('main') %}select 1{% endcall %}";
  const own = new TestProject(driver, 'main', `{% macro ${name}${parameters} %}${body}{% endmacro %}`);
  const model = {
    ...MODEL,
    name: `own_${strategy.replace('+', '_')}`,
    config: { ...MODEL.config, incremental_strategy: strategy },
  };
  await new TestProject(driver, 'main').run(model);
  await own.run(model);
  expect(await own.rows(`select count() from @${model.name} where id = 42`)).toEqual([[1]]);
});
