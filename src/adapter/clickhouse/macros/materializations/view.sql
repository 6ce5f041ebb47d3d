{%- materialization view, adapter='clickhouse' -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='view') -%}

  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}

  {%- if existing_relation is not none -%}
    {%- do clickhouse__drop_associated_mv_if_it_was_automatically_created(existing_relation) -%}
    {#- CREATE OR REPLACE VIEW swaps like EXCHANGE does, and like it takes the place of a table; a dictionary it refuses. -#}
    {%- if existing_relation.type == 'dictionary' or not adapter.can_exchange(existing_relation.schema, 'table') -%}
      {%- do adapter.drop_relation(existing_relation) -%}
    {%- endif -%}
  {%- endif -%}

  {% call statement('main') -%}
    {{ get_create_view_as_sql(target_relation, sql) }}
  {%- endcall %}
  {%- do adapter.cache_added(target_relation) -%}

  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) -%}
  {%- do persist_docs(target_relation, model) -%}

  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {%- do adapter.commit() -%}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{%- endmaterialization -%}


{% macro clickhouse__create_view_as(relation, sql) -%}
  {%- if config.get('contract').enforced -%}
    {%- do get_assert_columns_equivalent(sql) -%}
  {%- endif -%}
  {{ config.get('sql_header') or '' }}
  create or replace view {{ relation.include(database=False) }} {{ on_cluster_clause(relation) }}
  {{ get_sql_security_clause(relation) }}
  as (
    {{ sql }}
    {{ adapter.get_model_query_settings(model) }}
  )
  {%- if model.get('config').get('materialized') == 'view' %}
  {{ adapter.get_model_settings(model, config.get('engine', default='MergeTree')) }}
  {%- endif %}
{%- endmacro %}


{% macro get_sql_security_clause(relation) -%}
  {%- set security = config.get('sql_security') -%}
  {%- if security == 'definer' -%}
    {%- if not config.require('definer') -%}
      {%- do exceptions.raise_compiler_error('Invalid config parameter `definer`. No value was provided.') -%}
    {%- endif -%}
    DEFINER = {{ config.get('definer') }} SQL SECURITY DEFINER
  {%- elif security == 'invoker' -%}
    SQL SECURITY INVOKER
  {%- elif security -%}
    {%- do exceptions.raise_compiler_error('Invalid config parameter `sql_security`. Got: `' ~ security ~ '`, but only definer | invoker allowed.') -%}
  {%- endif -%}
{%- endmacro %}


{#- A model that was a materialized view has left `<name>_mv` behind, which would go on writing to its old table. -#}
{% macro clickhouse__drop_associated_mv_if_it_was_automatically_created(target_relation) %}
  {%- for mv in target_relation.mvs_pointing_to_it if mv.schema == target_relation.schema and mv.name == target_relation.identifier ~ '_mv' -%}
    {%- do adapter.drop_relation(target_relation.derivative('_mv', 'materialized_view')) -%}
  {%- endfor -%}
{% endmacro %}
