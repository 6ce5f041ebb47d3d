{#- The model is the view alone; its table, given as [schema, identifier] or as text, is another model. -#}
{% macro clickhouse__materialized_view_with_external_target(materialization_target_table, sql) %}
  {%- set target = materialization_target_table if materialization_target_table is not string else adapter.view_target('-- materialization_target_table: ' ~ materialization_target_table) -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set mv_relation = this.incorporate(type='materialized_view') -%}
  {%- set cluster_clause = on_cluster_clause(mv_relation) -%}
  {%- set refresh = refreshable_mv_clause() -%}
  {%- set target_table = adapter.get_relation(database='', schema=target[0], identifier=target[1]) -%}
  {%- set target_name = target | join('.') -%}
  {%- if target_table is none -%}
    {%- do exceptions.raise_compiler_error('Target table ' ~ target_name ~ ' not found in cache. It may not exist yet. Ensure the target table model runs before this MV.') -%}
  {%- endif -%}

  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}

  {%- if existing_relation is not none and existing_relation.is_materialized_view and not should_full_refresh() -%}
    {%- if existing_relation.writes_into != target_name -%}
      {%- do exceptions.raise_compiler_error(
        'Target table mismatch for MV "' ~ mv_relation.name ~ '": Current target is "' ~ existing_relation.writes_into
        ~ '", but model references "' ~ target_name ~ '". The TO clause cannot be changed via ALTER TABLE MODIFY QUERY. '
        ~ 'Use --full-refresh to recreate the MV with the new target table.') -%}
    {%- endif -%}
    {%- do clickhouse__modify_mv_refresh(mv_relation, existing_relation, cluster_clause) -%}
    {%- do clickhouse__modify_mv(mv_relation, cluster_clause, sql, is_main_statement=True) -%}
  {%- elif existing_relation is not none and existing_relation.is_materialized_view and not refresh and not existing_relation.is_refreshable and existing_relation.writes_into == target_name -%}
    {#- The view stays while its query changes: no insert is missed (dbt-clickhouse #567). -#}
    {%- do clickhouse__modify_mv(mv_relation, cluster_clause, sql, is_main_statement=True) -%}
    {%- do adapter.drop_on_failure(mv_relation) -%}
    {%- do clickhouse__catch_up(target_table, sql) -%}
    {%- do adapter.cache_added(mv_relation) -%}
  {%- else -%}
    {%- if existing_relation is not none -%}
      {%- do adapter.drop_relation(existing_relation) -%}
    {%- endif -%}
    {#- A view whose table did not get the older rows goes again, or no later run would bring them. -#}
    {%- do adapter.drop_on_failure(mv_relation) -%}
    {%- do clickhouse__create_mv(mv_relation, target_table, cluster_clause, refresh, sql, is_main_statement=True, to_stay=False) -%}
    {%- do clickhouse__catch_up(target_table, sql) -%}
    {%- do adapter.cache_added(mv_relation) -%}
  {%- endif -%}

  {%- do apply_grants(mv_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) -%}
  {%- do persist_docs(mv_relation, model) -%}

  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {%- do adapter.commit() -%}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [mv_relation]}) }}
{% endmacro %}

{% macro clickhouse__catch_up(target_table, sql) %}
  {%- if config.get('catchup', True) -%}
    {% do run_query(clickhouse__insert_into(target_table, sql, false, use_columns_from_sql=True)) %}
  {%- endif -%}
{% endmacro %}
