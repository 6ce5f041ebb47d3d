/**
 * A project of thirty nodes of all kinds over sources that move on by one step, and what each table must hold after a step:
 * a query over the sources that does not pass through tsdbt.
 */
export const FIRST_DAY = '2024-01-01';
const DAY_OF = (step: string): string => `toDateTime('${FIRST_DAY} 00:00:00', 'UTC') + toIntervalDay(${step})`;

const incremental = (config: string, sql: string): string =>
  `{{ config(materialized='incremental', order_by='id', ${config}) }}\n${sql}`;
const NEW_STEPS = '{% if is_incremental() %} where e.step >= (select max(step) from {{ this }}) {% endif %}';
const EVENTS = "select id, step, ts, value from {{ source('raw', 'events') }}";
/** The newest row of each of fifty keys, of the new steps. */
const LATEST = `select toUInt64(e.id % 50) as id, max(e.step) as step, argMax(e.value, e.id) as value from {{ source('raw', 'events') }} as e ${NEW_STEPS} group by id`;
const LATEST_TRUTH =
  'select toUInt64(e.id % 50) as id, max(e.step) as step, argMax(e.value, e.id) as value from raw.events as e group by id';
const EVENTS_TRUTH = 'select id, step, ts, value from raw.events';

export const FILES: Readonly<Record<string, string>> = {
  'models/sources.yml': JSON.stringify({
    sources: [{ name: 'raw', schema: 'raw', tables: ['events', 'customers', 'items'].map((name) => ({ name })) }],
  }),
  'models/stg_events.sql': `{{ config(event_time='ts') }}\n${EVENTS}`,
  'models/stg_ephemeral.sql':
    "{{ config(materialized='ephemeral') }}\nselect id, value * 2 as doubled from {{ ref('stg_events') }}",
  'models/plain.sql':
    "{{ config(materialized='table') }}\nselect id % 10 as k, sum(doubled) as total from {{ ref('stg_ephemeral') }} group by k",
  'models/contracted.sql':
    "{{ config(materialized='table', contract={'enforced': true}) }}\nselect step, count() as n from {{ ref('stg_events') }} group by step",
  'models/indexed.sql':
    "{{ config(materialized='table', order_by='id', indexes=[{'name': 'by_value', 'definition': '(value) type minmax'}], projections=[{'name': 'by_step', 'query': 'select step, sum(value) group by step'}]) }}\nselect id, step, value from {{ ref('stg_events') }}",
  'models/hooked.sql':
    "{{ config(materialized='table', pre_hook='set max_threads = 1', post_hook='select 1') }}\nselect max(id) as m from {{ ref('stg_events') }}",
  'models/partitioned.sql':
    "{{ config(materialized='table', partition_by='k', order_by='tuple()', query_settings={'max_threads': 2}) }}\nselect id % 5 as k, count() as n from {{ ref('stg_events') }} group by k",
  'models/inc_default.sql': incremental("unique_key='id'", LATEST),
  'models/inc_delete_insert.sql': incremental("unique_key='id', incremental_strategy='delete+insert'", LATEST),
  'models/inc_predicates.sql': incremental(
    "unique_key='id', incremental_strategy='delete+insert', incremental_predicates=['step >= 0']",
    LATEST,
  ),
  'models/inc_replacing.sql': incremental("unique_key='id', engine='ReplacingMergeTree(step)'", LATEST),
  'models/inc_contract.sql': incremental(
    "unique_key='id', on_schema_change='append_new_columns', contract={'enforced': true}",
    LATEST,
  ),
  'models/inc_append.sql': incremental(
    "incremental_strategy='append'",
    `${EVENTS} {% if is_incremental() %} where id > (select max(id) from {{ this }}) {% endif %}`,
  ),
  'models/inc_only.sql': incremental(
    "inserts_only=true, unique_key='id'",
    `${EVENTS} {% if is_incremental() %} where id > (select max(id) from {{ this }}) {% endif %}`,
  ),
  'models/inc_columns.sql': incremental(
    "unique_key='id', incremental_strategy='delete+insert', on_schema_change='sync_all_columns'",
    `select *, {% if (var('step') | int) is odd %} 1 as odd {% else %} 0 as even {% endif %} from (${LATEST})`,
  ),
  'models/inc_overwrite.sql': incremental(
    "incremental_strategy='insert_overwrite', partition_by='step % 7'",
    `${EVENTS} ${OVERWRITTEN()}`,
  ),
  'models/inc_blind.sql': incremental("incremental_strategy='append'", 'select 1 as id'),
  'models/inc_batches.sql': incremental(
    "unique_key='id', incremental_strategy='microbatch', event_time='ts', batch_size='day', begin='2024-01-01', lookback=1, full_refresh=false",
    "select id, step, ts, value from {{ ref('stg_events') }}",
  ),
  'models/after_incremental.sql':
    "{{ config(materialized='table') }}\nselect sum(value) as total from {{ ref('inc_default') }}",
  'models/mv_all.sql':
    "{{ config(materialized='materialized_view', order_by='id') }}\nselect id, step, value from {{ source('raw', 'events') }}",
  'models/mv_two.sql': `{{ config(materialized='materialized_view', order_by='id') }}
--low:begin
select id, value from {{ source('raw', 'events') }} where value < 50
--low:end
union all
--high:begin
select id, value from {{ source('raw', 'events') }} where value >= 50
--high:end`,
  'models/mv_target.sql':
    "{{ config(materialized='table', order_by='id') }}\nselect id, value from {{ source('raw', 'events') }} where 0",
  'models/mv_into.sql':
    "{{ config(materialized='materialized_view') }}\n{{ materialization_target_table(ref('mv_target')) }}\nselect id, value from {{ source('raw', 'events') }} where id % 3 = 0",
  'models/dict.sql':
    "{{ config(materialized='dictionary', fields=[('k', 'UInt64'), ('total', 'Int64')], primary_key='k', layout='HASHED()', lifetime='0') }}\nselect k, total from {{ ref('plain') }}",
  'models/schema.yml': JSON.stringify({
    models: [
      {
        name: 'contracted',
        columns: [
          { name: 'step', data_type: 'UInt32', data_tests: ['unique', 'not_null'] },
          { name: 'n', data_type: 'UInt64', data_tests: ['not_null'] },
        ],
      },
      {
        name: 'inc_contract',
        columns: [
          { name: 'id', data_type: 'UInt64', data_tests: ['unique'] },
          { name: 'step', data_type: 'UInt32' },
          { name: 'value', data_type: 'Int64' },
        ],
      },
      {
        name: 'plain',
        description: 'Sums',
        config: { persist_docs: { relation: true, columns: true } },
        columns: [{ name: 'k', description: 'The last digit', data_tests: ['unique'] }],
      },
      { name: 'inc_append', columns: [{ name: 'id', data_tests: ['unique'] }] },
      { name: 'inc_batches', columns: [{ name: 'id', data_tests: ['unique'] }] },
      { name: 'mv_all', columns: [{ name: 'id', data_tests: ['unique'] }] },
    ],
  }),
  'models/unit.yml': JSON.stringify({
    unit_tests: [
      {
        name: 'halves',
        model: 'after_incremental',
        given: [{ input: "ref('inc_default')", rows: [{ value: 1 }, { value: 2 }] }],
        expect: { rows: [{ total: 3 }] },
      },
    ],
  }),
  'seeds/codes.csv': `code,label,weight\n${Array.from({ length: 40 }, (_, i) => `${i},"label, ${i}",${i / 4}`).join('\n')}\n`,
  'seeds/days.csv': 'day,holiday\n2024-01-01,true\n2024-07-14,false\n',
  'snapshots/snap_time.yml': JSON.stringify({
    snapshots: [
      {
        name: 'snap_time',
        relation: "source('raw', 'customers')",
        config: { strategy: 'timestamp', updated_at: 'updated_at', unique_key: 'id' },
      },
      {
        name: 'snap_check',
        relation: "source('raw', 'customers')",
        config: { strategy: 'check', check_cols: ['name'], unique_key: 'id' },
      },
      {
        name: 'snap_gone',
        relation: "source('raw', 'items')",
        config: { strategy: 'timestamp', updated_at: 'updated_at', unique_key: 'id', hard_deletes: 'invalidate' },
      },
    ],
  }),
};

/** Whole partitions are replaced: all steps of those partitions that a new step falls into. */
function OVERWRITTEN(): string {
  return "{% if is_incremental() %} where step % 7 in (select step % 7 from {{ source('raw', 'events') }} where step >= (select max(step) from {{ this }})) {% endif %}";
}

/** Table -> what it must hold. Rows are compared as text, whatever their order. */
export const TRUTH: Readonly<Record<string, { readonly made: string; readonly truth: string }>> = Object.fromEntries(
  (
    [
      ['stg_events', '*', EVENTS_TRUTH],
      ['plain', '*', 'select id % 10 as k, sum(value * 2) as total from raw.events group by k'],
      ['contracted', '*', 'select step, count() as n from raw.events group by step'],
      ['indexed', '*', 'select id, step, value from raw.events'],
      ['hooked', '*', 'select max(id) from raw.events'],
      ['partitioned', '*', 'select id % 5 as k, count() from raw.events group by k'],
      ['inc_default', '*', LATEST_TRUTH],
      ['inc_delete_insert', '*', LATEST_TRUTH],
      ['inc_predicates', '*', LATEST_TRUTH],
      ['inc_replacing', '*', LATEST_TRUTH],
      ['inc_contract', '*', LATEST_TRUTH],
      ['inc_append', '*', EVENTS_TRUTH],
      ['inc_only', '*', EVENTS_TRUTH],
      ['inc_columns', 'id, step, value', LATEST_TRUTH],
      ['inc_overwrite', '*', EVENTS_TRUTH],
      ['inc_batches', '*', EVENTS_TRUTH],
      ['after_incremental', '*', `select sum(value) from (${LATEST_TRUTH})`],
      ['mv_all', '*', 'select id, step, value from raw.events'],
      ['mv_two', '*', 'select id, value from raw.events'],
      ['mv_target', '*', 'select id, value from raw.events where id % 3 = 0'],
      ['dict', '*', 'select id % 10 as k, sum(value * 2) as total from raw.events group by k'],
      ['codes', 'code, label', "select number, concat('label, ', toString(number)) from numbers(40)"],
      ['days', 'day, holiday', "select * from values(('2024-01-01', true), ('2024-07-14', false))"],
      [
        'snap_time',
        'id, name, dbt_valid_from, dbt_valid_to',
        'select id, name, updated_at, if(rank = 1, null, later) from (select *, row_number() over w as rank, lagInFrame(updated_at) over w as later from raw.customers_history window w as (partition by id order by updated_at desc rows between unbounded preceding and unbounded following))',
      ],
      [
        'snap_check',
        'id, name, dbt_valid_to is null',
        'select id, name, (id, name) in (select id, name from raw.customers) from raw.customers_history',
      ],
      [
        'snap_gone',
        'id, updated_at, dbt_valid_to is null',
        'select distinct id, updated_at, (id, updated_at) in (select id, updated_at from raw.items) from raw.items_history',
      ],
    ] as const
  ).map(([name, columns, truth]) => [name, { made: `select ${columns} from main.${name}`, truth }]),
);

/** Statements that make the sources. */
export const SOURCES: readonly string[] = [
  'create database raw',
  "create table raw.events (id UInt64, step UInt32, ts DateTime('UTC'), value Int64) order by id",
  "create table raw.customers (id UInt32, name String, updated_at DateTime('UTC')) order by id",
  'create table raw.customers_history as raw.customers',
  "create table raw.items (id UInt32, updated_at DateTime('UTC')) order by id",
  'create table raw.items_history as raw.items',
];

/** Statements by which a step passes: 20 events, three customers renamed, one item gone and one back. */
export function stepStatements(step: number): readonly string[] {
  const day = DAY_OF(String(step));
  const changed = [0, 1, 2].map((k) => (step * 3 + k) % 12);
  const renamed = (step === 0 ? Array.from({ length: 12 }, (_, i) => i) : changed).join(', ');
  return [
    `insert into raw.events select number + ${step * 20} as id, ${step}, ${day} + number, cityHash64(id) % 100 from numbers(20)`,
    `insert into raw.customers_history select arrayJoin([${renamed}]) as id, concat('name ', toString(id), ' at ${step}'), ${day}`,
    'truncate table raw.customers',
    'insert into raw.customers select id, argMax(name, updated_at), max(updated_at) from raw.customers_history group by id',
    'truncate table raw.items',
    `insert into raw.items values ${itemsAt(step)}`,
    'insert into raw.items_history select * from raw.items',
  ];
}

/** Items 4 and 5 are always there. Of 0 to 3 one is gone in each step, and comes back in the next as one that is newer. */
function itemsAt(step: number): string {
  const rows: string[] = [];
  for (let id = 0; id < 6; id++) {
    const gone = step - ((step - id + 4_000) % 4);
    if (id < 4 && gone === step) continue;
    const since = id < 4 && gone >= 0 ? gone + 1 : 0;
    rows.push(`(${id}, ${DAY_OF(String(since))})`);
  }
  return rows.join(', ');
}
