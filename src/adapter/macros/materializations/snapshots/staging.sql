{#-
  The changes of a snapshot in one query, as databases with MERGE take them: a row for each new version, for each version that ends, and
  for each key that is gone. ClickHouse's package has it in statements of its own.
-#}
{% macro default__snapshot_staging_table(strategy, source_sql, target_relation) -%}
  {%- set columns = dbt.snapshot_meta_columns() -%}
  {%- set new_record = strategy.hard_deletes == 'new_record' -%}
  {%- set sees_deletes = new_record or strategy.hard_deletes == 'invalidate' -%}
  {%- set keys = unique_key_fields(strategy.unique_key) -%}
  {%- set matches = unique_key_join_on(strategy.unique_key, 'snapshotted_data', 'source_data') -%}
  {%- set changed = strategy.row_changed ~ (' or snapshotted_data.' ~ columns.dbt_is_deleted ~ " = 'True'" if new_record else '') -%}
  {%- set now = snapshot_get_time() | trim -%}
  {%- set is_current = dbt.snapshot_is_current(columns) %}
  with snapshot_query as (
    {{ source_sql }}
  ),
  snapshotted_data as (
    select *, {{ keys }} from {{ target_relation }} where {{ is_current }}
  ),
  insertions_source_data as (
    select *, {{ keys }},
      {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
      {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
      {{ get_dbt_valid_to_current(strategy, columns) }},
      {{ strategy.scd_id }} as {{ columns.dbt_scd_id }}
    from snapshot_query
  ),
  updates_source_data as (
    select *, {{ keys }},
      {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
      {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
      {{ strategy.updated_at }} as {{ columns.dbt_valid_to }}
    from snapshot_query
  ),
  insertions as (
    select 'insert' as dbt_change_type, source_data.*
      {{- ", 'False' as " ~ columns.dbt_is_deleted if new_record }}
    from insertions_source_data as source_data
    left outer join snapshotted_data on {{ matches }}
    where {{ unique_key_is_null(strategy.unique_key, 'snapshotted_data') }}
      or ({{ unique_key_is_not_null(strategy.unique_key, 'snapshotted_data') }} and ({{ changed }}))
  ),
  updates as (
    select 'update' as dbt_change_type, source_data.*, snapshotted_data.{{ columns.dbt_scd_id }}
      {{- ', snapshotted_data.' ~ columns.dbt_is_deleted if new_record }}
    from updates_source_data as source_data
    join snapshotted_data on {{ matches }}
    where ({{ changed }})
  )
  {%- if sees_deletes %},
  {{ dbt.snapshot_deletes_ctes(strategy, columns, keys, matches, now, source_sql, target_relation) }}
  {%- endif %}
  select * from insertions
  union all
  select * from updates
  {%- if sees_deletes %}
  union all
  select * from deletes
  {%- endif %}
  {%- if new_record %}
  union all
  select * from deletion_records
  {%- endif %}
{%- endmacro %}


{% macro snapshot_is_current(columns) -%}
  {%- set current = config.get('dbt_valid_to_current') -%}
  {%- if not current -%}
    {{ return(columns.dbt_valid_to ~ ' is null') }}
  {%- endif -%}
  {{ return('(' ~ (equals(columns.dbt_valid_to, current | trim) | trim) ~ ' or ' ~ columns.dbt_valid_to ~ ' is null)') }}
{%- endmacro %}

{% macro snapshot_deletes_ctes(strategy, columns, keys, matches, now, source_sql, target_relation) -%}
  {%- set new_record = strategy.hard_deletes == 'new_record' -%}
  {%- set current = config.get('dbt_valid_to_current') -%}
  {%- set valid_to = 'snapshotted_data.' ~ columns.dbt_valid_to -%}
  {%- set not_marked = ' and not (snapshotted_data.' ~ columns.dbt_is_deleted ~ " = 'True' and " ~ valid_to
        ~ (' = ' ~ current if current else ' is null') ~ ')' if new_record else '' -%}
  {%- set gone = unique_key_is_null(strategy.unique_key, 'source_data') ~ not_marked %}
  deletes_source_data as (
    select *, {{ keys }} from snapshot_query
  ),
  deletes as (
    select 'delete' as dbt_change_type, source_data.*,
      {{ now }} as {{ columns.dbt_valid_from }},
      {{ now }} as {{ columns.dbt_updated_at }},
      {{ now }} as {{ columns.dbt_valid_to }},
      snapshotted_data.{{ columns.dbt_scd_id }}
      {{- ', snapshotted_data.' ~ columns.dbt_is_deleted if new_record }}
    from snapshotted_data
    left join deletes_source_data as source_data on {{ matches }}
    where {{ gone }}
  )
  {%- if new_record %},
  deletion_records as (
    select 'insert' as dbt_change_type,
      {%- set kept = get_list_of_column_names(get_columns_in_relation(target_relation)) %}
      {%- for name in get_columns_in_query(source_sql) %}
      {{ 'snapshotted_data.' if name in kept else 'source_data.' }}{{ adapter.quote(name) }},
      {%- endfor %}
      {%- for name in dbt.snapshot_key_names(strategy.unique_key) %}
      snapshotted_data.{{ name }} as {{ name }},
      {%- endfor %}
      {{ now }} as {{ columns.dbt_valid_from }},
      {{ now }} as {{ columns.dbt_updated_at }},
      {{ valid_to }} as {{ columns.dbt_valid_to }},
      {{ snapshot_hash_arguments([columns.dbt_scd_id, now]) }} as {{ columns.dbt_scd_id }},
      'True' as {{ columns.dbt_is_deleted }}
    from snapshotted_data
    left join deletes_source_data as source_data on {{ matches }}
    where {{ gone }}
  )
  {%- endif -%}
{%- endmacro %}


{% macro default__snapshot_merge_sql(target, source, insert_cols) -%}
  {%- set columns = dbt.snapshot_meta_columns() -%}
  {%- set names = insert_cols | join(', ') -%}
  {%- set current = config.get('dbt_valid_to_current') -%}
  {%- set valid_to = 'DBT_INTERNAL_DEST.' ~ columns.dbt_valid_to %}
  merge into {{ target.render() }} as DBT_INTERNAL_DEST
  using {{ source }} as DBT_INTERNAL_SOURCE
  on DBT_INTERNAL_SOURCE.{{ columns.dbt_scd_id }} = DBT_INTERNAL_DEST.{{ columns.dbt_scd_id }}
  when matched
    and {{ '(' ~ (equals(valid_to, current | trim) | trim) ~ ' or ' ~ valid_to ~ ' is null)' if current else valid_to ~ ' is null' }}
    and DBT_INTERNAL_SOURCE.dbt_change_type in ('update', 'delete')
    then update set {{ columns.dbt_valid_to }} = DBT_INTERNAL_SOURCE.{{ columns.dbt_valid_to }}
  when not matched and DBT_INTERNAL_SOURCE.dbt_change_type = 'insert'
    then insert ({{ names }}) values ({{ names }})
{%- endmacro %}


{#- The type of a snapshot's dbt_updated_at, and a warning where it is not the clock's. -#}
{% macro get_updated_at_column_data_type(snapshot_sql) %}
  {%- for column in get_column_schema_from_query(snapshot_sql) if column.column in ['dbt_updated_at', 'DBT_UPDATED_AT'] -%}
    {{ return(column.dtype) }}
  {%- endfor -%}
  {{ return(none) }}
{% endmacro %}

{% macro check_time_data_types(sql) %}
  {%- set updated_at_type = get_updated_at_column_data_type(sql) -%}
  {%- set clock_type = get_snapshot_get_time_data_type() -%}
  {%- if clock_type is not none and updated_at_type is not none and clock_type != updated_at_type and exceptions.warn_snapshot_timestamp_data_types -%}
    {%- do exceptions.warn_snapshot_timestamp_data_types(clock_type, updated_at_type) -%}
  {%- endif -%}
{% endmacro %}
