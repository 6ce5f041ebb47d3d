{#- A model's views write into a table of the model's own name, or into a table the model names. -#}
{%- materialization materialized_view, adapter='clickhouse' -%}
  {%- set target = adapter.view_target(sql) -%}
  {{ return(clickhouse__materialized_view_with_external_target(target, sql) if target else clickhouse__materialized_view_standard(sql)) }}
{%- endmaterialization -%}


{#- Names the table a view is to write into; ref() makes it a parent, the comment is read when the model runs. -#}
{% macro materialization_target_table(target_relation) %}
-- materialization_target_table: {{ target_relation }}
{% endmacro %}


{% macro clickhouse__materialized_view_standard(sql) %}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set views = adapter.split_views(sql) -%}
  {%- set refresh = refreshable_mv_clause() -%}

  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}

  {%- if existing_relation is not none -%}
    {%- do clickhouse__warn_of_other_views(existing_relation, views) -%}
  {%- endif -%}
  {%- if existing_relation is none -%}
    {%- do clickhouse__build_view_target(target_relation, none, sql, views) -%}
    {%- do clickhouse__create_mvs(target_relation, refresh, views) -%}
  {%- elif should_full_refresh() or not existing_relation.is_table -%}
    {%- do clickhouse__build_view_target(target_relation, existing_relation, sql, views) -%}
    {%- do clickhouse__create_mvs(target_relation, refresh, views) -%}
  {%- else -%}
    {%- do clickhouse__follow_views(existing_relation, sql, refresh, views) -%}
  {%- endif -%}

  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) -%}
  {%- do persist_docs(target_relation, model) -%}

  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {%- do adapter.commit() -%}
  {{ run_hooks(post_hooks, inside_transaction=False) }}

  {%- set relations = [target_relation] -%}
  {%- for suffix in views -%}
    {%- do relations.append(target_relation.derivative('_' ~ suffix, 'materialized_view')) -%}
  {%- endfor -%}
  {{ return({'relations': relations}) }}
{% endmacro %}


{#- The table is complete before the old views go, so that nothing is written for as short a time as possible. -#}
{% macro clickhouse__build_view_target(target_relation, existing_relation, sql, views) %}
  {%- set staging_relation = make_staging_relation(target_relation) -%}
  {%- if config.get('catchup', True) -%}
    {% call statement('main') -%}
      {{ get_create_table_as_sql(False, staging_relation, sql) }}
    {%- endcall %}
  {%- else -%}
    {%- do clickhouse__create_empty_table(False, staging_relation, sql, config.get('contract').enforced, statement_name='main') -%}
  {%- endif -%}
  {%- if existing_relation is not none -%}
    {%- for suffix in views -%}
      {%- do clickhouse__drop_mv(target_relation.derivative('_' ~ suffix, 'materialized_view')) -%}
    {%- endfor -%}
  {%- endif -%}
  {%- do replace_with(staging_relation, target_relation, existing_relation) -%}
{% endmacro %}

{#- Without a full refresh the rows stay; the views take over the new query. -#}
{% macro clickhouse__follow_views(existing_relation, sql, refresh, views) %}
  {% call noop_statement('main', 'OK', 'OK') -%}
    {{ sql }}
  {%- endcall %}
  {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change'), default='ignore') -%}
  {%- if on_schema_change != 'ignore' -%}
    {%- set changes = adapter.check_incremental_schema_changes(on_schema_change, existing_relation, sql, materialization='materialized view', query_settings=config.get('query_settings', {}), columns=model['columns']) -%}
    {%- if changes -%}
      {%- do clickhouse__apply_column_changes(changes, existing_relation) -%}
    {%- endif -%}
  {%- endif -%}
  {%- for suffix, view_sql in views.items() -%}
    {%- do clickhouse__update_mv(existing_relation.derivative('_' ~ suffix, 'materialized_view'), existing_relation, refresh, view_sql) -%}
  {%- endfor -%}
{% endmacro %}

{% macro clickhouse__warn_of_other_views(existing_relation, views) %}
  {%- set expected = [] -%}
  {%- for suffix in views -%}
    {%- do expected.append(existing_relation.identifier ~ '_' ~ suffix) -%}
  {%- endfor -%}
  {%- for mv in existing_relation.mvs_pointing_to_it if mv.schema != existing_relation.schema or mv.name not in expected -%}
    {{ log('Warning - Materialized view "' ~ mv.name ~ '" was detected pointing to the model "' ~ existing_relation.name ~ '" but was not found in this run. In case it is a renamed mv that was previously part of this model, drop it manually (!!!)', info=True) }}
  {%- endfor -%}
{% endmacro %}
