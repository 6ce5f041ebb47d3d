{#- Pieces of SQL about a key that may have several columns. -#}
{% macro unique_key_fields(unique_key) -%}
  {%- if unique_key is string -%}
    {{ return(unique_key ~ ' as dbt_unique_key') }}
  {%- endif -%}
  {%- set parts = [] -%}
  {%- for key in unique_key -%}
    {%- do parts.append(key ~ ' as dbt_unique_key_' ~ loop.index) -%}
  {%- endfor -%}
  {{ return(parts | join(', ')) }}
{%- endmacro %}

{% macro unique_key_join_on(unique_key, identifier, from_identifier) -%}
  {%- set parts = [] -%}
  {%- for name in dbt.snapshot_key_names(unique_key) -%}
    {%- do parts.append(identifier ~ '.' ~ name ~ ' = ' ~ from_identifier ~ '.' ~ name) -%}
  {%- endfor -%}
  {{ return(parts | join(' and ')) }}
{%- endmacro %}

{% macro unique_key_is_null(unique_key, identifier) -%}
  {{ return(identifier ~ '.' ~ dbt.snapshot_key_names(unique_key)[0] ~ ' is null') }}
{%- endmacro %}

{% macro unique_key_is_not_null(unique_key, identifier) -%}
  {{ return(identifier ~ '.' ~ dbt.snapshot_key_names(unique_key)[0] ~ ' is not null') }}
{%- endmacro %}

{% macro snapshot_key_names(unique_key) -%}
  {%- if unique_key is string -%}
    {{ return(['dbt_unique_key']) }}
  {%- endif -%}
  {%- set names = [] -%}
  {%- for key in unique_key -%}
    {%- do names.append('dbt_unique_key_' ~ loop.index) -%}
  {%- endfor -%}
  {{ return(names) }}
{%- endmacro %}


{% macro get_dbt_valid_to_current(strategy, columns) -%}
  coalesce(nullif({{ strategy.updated_at }}, {{ strategy.updated_at }}), {{ config.get('dbt_valid_to_current') or 'null' }}) as {{ columns.dbt_valid_to }}
{%- endmacro %}


{#- The first version of every row. -#}
{% macro build_snapshot_table(strategy, sql) -%}
  {{ adapter.dispatch('build_snapshot_table', 'dbt')(strategy, sql) }}
{% endmacro %}

{% macro default__build_snapshot_table(strategy, sql) %}
  {%- set columns = dbt.snapshot_meta_columns() %}
    select *,
      {{ strategy.scd_id }} as {{ columns.dbt_scd_id }},
      {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
      {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
      {{ get_dbt_valid_to_current(strategy, columns) }}
      {%- if strategy.hard_deletes == 'new_record' %},
      'False' as {{ columns.dbt_is_deleted }}
      {%- endif %}
    from (
      {{ sql }}
    ) sbq
{% endmacro %}


{% macro snapshot_staging_table(strategy, source_sql, target_relation) -%}
  {{ adapter.dispatch('snapshot_staging_table', 'dbt')(strategy, source_sql, target_relation) }}
{% endmacro %}

{% macro build_snapshot_staging_table(strategy, sql, target_relation) %}
  {%- set staging_relation = make_staging_relation(target_relation, '__dbt_changes') -%}
  {% call statement('build_snapshot_staging_relation') %}
    {{ create_table_as(False, staging_relation, snapshot_staging_table(strategy, sql, target_relation)) }}
  {% endcall %}
  {% do return(staging_relation) %}
{% endmacro %}

{% macro snapshot_merge_sql(target, source, insert_cols) -%}
  {{ adapter.dispatch('snapshot_merge_sql', 'dbt')(target, source, insert_cols) }}
{%- endmacro %}

{% macro create_columns(relation, columns) %}
  {{ adapter.dispatch('create_columns', 'dbt')(relation, columns) }}
{% endmacro %}

{% macro default__create_columns(relation, columns) %}
  {%- for column in columns -%}
    {% call statement() %}
      alter table {{ relation }} add column {{ adapter.quote(column.name) }} {{ column.expanded_data_type }}
    {% endcall %}
  {%- endfor -%}
{% endmacro %}

{% macro post_snapshot(staging_relation) %}
  {{ adapter.dispatch('post_snapshot', 'dbt')(staging_relation) }}
{% endmacro %}

{% macro default__post_snapshot(staging_relation) %}
{% endmacro %}
