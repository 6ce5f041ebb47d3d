{% macro clickhouse__snapshot_hash_arguments(args) -%}
  {%- set parts = [] -%}
  {%- for arg in args -%}
    {%- do parts.append('coalesce(cast(' ~ arg ~ " as varchar), '')") -%}
  {%- endfor -%}
  halfMD5({{ parts | join(" || '|' || ") }})
{%- endmacro %}


{#- The versions that hold now, with the key under its own names. -#}
{% macro clickhouse__current_versions(strategy, target_relation) -%}
  {%- set valid_to = dbt.snapshot_meta_columns().dbt_valid_to -%}
  {%- set current = config.get('dbt_valid_to_current') -%}
  select *, {{ unique_key_fields(strategy.unique_key) }}, 1 as dbt_was_there
  from {{ target_relation }}
  where {{ valid_to ~ ' is null' if not current else '(' ~ valid_to ~ ' = ' ~ current ~ ' or ' ~ valid_to ~ ' is null)' }}
{%- endmacro %}


{#- Rows that are new or have changed. What they end is added by clickhouse__snapshot_closings. -#}
{% macro clickhouse__snapshot_staging_table(strategy, source_sql, target_relation) -%}
  {%- set columns = dbt.snapshot_meta_columns() -%}
  {%- set new_record = strategy.hard_deletes == 'new_record' -%}
  with snapshot_query as (
    {{ source_sql }}
  ),
  snapshotted_data as (
    {{ clickhouse__current_versions(strategy, target_relation) }}
  ),
  source_data as (
    select *,
      {{ unique_key_fields(strategy.unique_key) }},
      {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
      {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
      {{ get_dbt_valid_to_current(strategy, columns) }},
      {{ strategy.scd_id }} as {{ columns.dbt_scd_id }}
      {{- ", 'False' as " ~ columns.dbt_is_deleted if new_record }}
    from snapshot_query
  )
  select 'insert' as dbt_change_type, source_data.*
  from source_data
  left join snapshotted_data on {{ unique_key_join_on(strategy.unique_key, 'snapshotted_data', 'source_data') }}
  where coalesce(snapshotted_data.dbt_was_there, 0) = 0
    or {{ strategy.row_changed }}
    {{- ' or snapshotted_data.' ~ columns.dbt_is_deleted ~ " = 'True'" if new_record }}
{%- endmacro %}


{% macro build_snapshot_staging_table(strategy, sql, target_relation) %}
  {%- set changes_relation = make_staging_relation(target_relation, '__dbt_changes') -%}
  {% call statement('build_snapshot_staging_relation') %}
    {{ create_table_as(False, changes_relation, snapshot_staging_table(strategy, sql, target_relation)) }}
  {% endcall %}
  {% call statement('snapshot_closings') %}
    {{ clickhouse__snapshot_closings(strategy, sql, target_relation, changes_relation) }}
  {% endcall %}
  {%- if strategy.hard_deletes == 'new_record' -%}
    {% call statement('snapshot_deletion_records') %}
      {{ clickhouse__snapshot_deletion_records(strategy, sql, target_relation, changes_relation) }}
    {% endcall %}
  {%- endif -%}
  {% do return(changes_relation) %}
{% endmacro %}


{#- Which versions end, and when: those a new version of the same key follows, and those whose key is gone from the source. -#}
{% macro clickhouse__snapshot_closings(strategy, source_sql, target_relation, changes_relation) -%}
  {%- set columns = dbt.snapshot_meta_columns() -%}
  {%- set keys = dbt.snapshot_key_names(strategy.unique_key) | join(', ') -%}
  insert into {{ changes_relation }} (dbt_change_type, {{ columns.dbt_scd_id }}, {{ columns.dbt_valid_to }})
  with snapshotted_data as (
    {{ clickhouse__current_versions(strategy, target_relation) }}
  )
  select 'update', snapshotted_data.{{ columns.dbt_scd_id }}, changes.{{ columns.dbt_valid_from }}
  from snapshotted_data
  join {{ changes_relation }} as changes on {{ unique_key_join_on(strategy.unique_key, 'snapshotted_data', 'changes') }}
  where changes.dbt_change_type = 'insert'
  {%- if strategy.hard_deletes != 'ignore' %}
  union all
  select 'delete', {{ columns.dbt_scd_id }}, {{ snapshot_get_time() }}
  from snapshotted_data
  where ({{ keys }}) not in (select {{ unique_key_fields(strategy.unique_key) }} from (
    {{ source_sql }}
  ) as source_data)
  {{- " and " ~ columns.dbt_is_deleted ~ " != 'True'" if strategy.hard_deletes == 'new_record' }}
  {%- endif %}
{%- endmacro %}


{#- A version of its own for each row that is gone, with the values the row had last. -#}
{% macro clickhouse__snapshot_deletion_records(strategy, source_sql, target_relation, changes_relation) -%}
  {%- set columns = dbt.snapshot_meta_columns() -%}
  {%- set keys = dbt.snapshot_key_names(strategy.unique_key) -%}
  {%- set now = snapshot_get_time() | trim -%}
  {%- set meta = [columns.dbt_updated_at, columns.dbt_valid_from, columns.dbt_scd_id, columns.dbt_is_deleted] -%}
  {%- set known = adapter.get_columns_in_relation(target_relation) | map(attribute='name') | list -%}
  {%- set kept = adapter.get_columns_in_relation(changes_relation) | selectattr('name', 'in', known) | rejectattr('name', 'in', meta) | map(attribute='quoted') | join(', ') -%}
  insert into {{ changes_relation }} (dbt_change_type, {{ meta | join(', ') }}, {{ kept }})
  with snapshotted_data as (
    {{ clickhouse__current_versions(strategy, target_relation) }}
  )
  select 'insert', {{ now }}, {{ now }}, {{ snapshot_hash_arguments([columns.dbt_scd_id, now]) }}, 'True', {{ kept }}
  from snapshotted_data
  where ({{ keys | join(', ') }}) not in (select {{ unique_key_fields(strategy.unique_key) }} from (
    {{ source_sql }}
  ) as source_data)
    and {{ columns.dbt_is_deleted }} != 'True'
{%- endmacro %}


{#-
  Without changes the snapshot stays untouched; new rows alone are added; where versions end, a copy with the ends filled in
  takes the snapshot's place.
-#}
{% macro clickhouse__snapshot_merge_sql(target, source, insert_cols) -%}
  {%- set kinds = run_query('select distinct dbt_change_type from ' ~ source).columns[0].values() -%}
  {%- set ends = 'update' in kinds or 'delete' in kinds -%}
  {%- set into = make_staging_relation(target, '__snapshot_upsert') if ends else target -%}
  {%- if ends -%}
    {% call statement('close_versions') %}
      {{ create_table_as(False, into, clickhouse__snapshot_with_ends(target, source)) }}
    {% endcall %}
  {%- endif -%}
  {%- if 'insert' in kinds -%}
    {%- set names = insert_cols | join(', ') -%}
    {% call statement('insert_new') %}
      insert into {{ into }} ({{ names }}) select {{ names }} from {{ source }} where dbt_change_type = 'insert'
    {% endcall %}
  {%- endif -%}
  {%- if ends -%}
    {%- do replace_with(into, target, target) -%}
  {%- endif -%}
  {{ return('') }}
{%- endmacro %}

{% macro clickhouse__snapshot_with_ends(target, source) -%}
  {%- set columns = dbt.snapshot_meta_columns() -%}
  select versions.* replace (if(ends.dbt_has_ended = 1, ends.dbt_ended_at, versions.{{ columns.dbt_valid_to }}) as {{ columns.dbt_valid_to }})
  from {{ target }} as versions
  left any join (
    select {{ columns.dbt_scd_id }} as dbt_ended_id, {{ columns.dbt_valid_to }} as dbt_ended_at, 1 as dbt_has_ended
    from {{ source }}
    where dbt_change_type in ('update', 'delete')
  ) as ends on versions.{{ columns.dbt_scd_id }} = ends.dbt_ended_id
{%- endmacro %}


{% macro clickhouse__create_columns(relation, columns) %}
  {%- do clickhouse__add_columns(columns, relation) -%}
{% endmacro %}

{% macro clickhouse__post_snapshot(staging_relation) %}
  {{ drop_relation_if_exists(staging_relation) }}
{% endmacro %}

{#- One query serves both strategies; these are the names under which dbt-clickhouse has two. -#}
{% macro clickhouse__snapshot_staging_table_check_strategy(strategy, source_sql, target_relation) -%}
  {{ clickhouse__snapshot_staging_table(strategy, source_sql, target_relation) }}
{%- endmacro %}

{% macro clickhouse__snapshot_staging_table_timestamp_strategy(strategy, source_sql, target_relation) -%}
  {{ clickhouse__snapshot_staging_table(strategy, source_sql, target_relation) }}
{%- endmacro %}
