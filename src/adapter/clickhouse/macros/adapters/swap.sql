{#- A name no other invocation uses; the adapter drops the relation at the end of the node whatever happens. -#}
{% macro clickhouse__make_staging_relation(base_relation, suffix) %}
  {%- do clickhouse__refuse_shared_keeper_path(base_relation) -%}
  {%- set batch = '_' ~ model.batch.id if model.batch else '' -%}
  {{ return(adapter.staging_relation(base_relation, suffix ~ batch)) }}
{% endmacro %}


{#- Two tables cannot be replicas of one path, so where the path is written out none can be built beside the one that is there (#627). -#}
{% macro clickhouse__refuse_shared_keeper_path(base_relation) %}
  {%- if clickhouse__engine_is_bound_to_name() and load_cached_relation(base_relation) is not none -%}
    {%- do exceptions.raise_compiler_error(
        'The engine of ' ~ base_relation ~ ' writes its Keeper path out, so that a new table would be a replica of the one that is there: '
        ~ engine_clause() | trim ~ '. Put {uuid} into the path, or leave the path to the server: ReplicatedMergeTree(). '
        ~ 'The table that has the old path must be dropped once.') -%}
  {%- endif -%}
{% endmacro %}


{#- Readers see the old relation or the new one: EXCHANGE where the database can, else one RENAME of both. -#}
{% macro clickhouse__replace_with(staging_relation, target_relation, existing_relation) %}
  {%- if existing_relation is none -%}
    {%- do adapter.rename_relation(staging_relation, target_relation) -%}
  {%- elif existing_relation.type in ['dictionary', 'materialized_view'] -%}
    {#- Neither can be renamed into the place of a table. -#}
    {%- do adapter.drop_relation(existing_relation) -%}
    {%- do adapter.rename_relation(staging_relation, target_relation) -%}
  {%- elif adapter.can_exchange(existing_relation.schema, 'table') and staging_relation.type == 'table' -%}
    {%- do exchange_tables_atomic(staging_relation, target_relation) -%}
    {%- do adapter.drop_relation(staging_relation) -%}
  {%- else -%}
    {%- do clickhouse__rename_both(staging_relation, target_relation, existing_relation) -%}
  {%- endif -%}
{% endmacro %}

{% macro clickhouse__rename_both(staging_relation, target_relation, existing_relation) %}
  {%- set backup_relation = make_staging_relation(existing_relation, '__dbt_backup') -%}
  {% call statement('rename_relation') -%}
    rename table {{ existing_relation }} to {{ backup_relation }}, {{ staging_relation }} to {{ target_relation }} {{ on_cluster_clause(target_relation) }}
  {%- endcall %}
  {%- do adapter.cache_renamed(existing_relation, backup_relation) -%}
  {%- do adapter.cache_renamed(staging_relation, target_relation) -%}
  {%- do adapter.drop_relation(backup_relation) -%}
{% endmacro %}


{% macro exchange_tables_atomic(old_relation, target_relation, obj_types='TABLES') %}
  {%- if adapter.get_clickhouse_cluster_name() is not none and obj_types == 'TABLES' and 'Replicated' in engine_clause() %}
    {%- call statement('exchange_table_sync_replica') -%}
      SYSTEM SYNC REPLICA {{ on_cluster_clause(old_relation) }} {{ old_relation }}
    {%- endcall %}
  {%- endif %}
  {%- if adapter.execute_exchange('EXCHANGE ' ~ obj_types ~ ' ' ~ old_relation ~ ' AND ' ~ target_relation ~ ' ' ~ on_cluster_clause(target_relation)) -%}
    {%- do adapter.cache_exchanged(old_relation, target_relation) -%}
  {%- else -%}
    {%- do clickhouse__rename_both(old_relation, target_relation, target_relation) -%}
  {%- endif -%}
{% endmacro %}
