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
  {%- set has_docs = false -%}
  {%- if existing_relation is none -%}
    {%- do clickhouse__build_view_target(target_relation, none, sql, views) -%}
    {#- A refresh begins at once and puts a copy in the table's place: comments that come later would be lost (dbt-clickhouse #581). -#}
    {%- set has_docs = true -%}
    {%- do persist_docs(target_relation, model) -%}
    {%- do clickhouse__create_mvs(target_relation, on_cluster_clause(target_relation), refresh, views) -%}
  {%- elif should_full_refresh() and clickhouse__can_refresh_beside(existing_relation, refresh, views) -%}
    {%- do clickhouse__refresh_beside(existing_relation, sql, views) -%}
  {%- elif should_full_refresh() or not existing_relation.is_table -%}
    {%- do clickhouse__build_view_target(target_relation, existing_relation, sql, views) -%}
    {%- set has_docs = true -%}
    {%- do persist_docs(target_relation, model) -%}
    {%- do clickhouse__create_mvs(target_relation, on_cluster_clause(target_relation), refresh, views) -%}
  {%- else -%}
    {%- do clickhouse__follow_views(existing_relation, sql, refresh, views) -%}
  {%- endif -%}

  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) -%}
  {%- if not has_docs -%}
    {%- do persist_docs(target_relation, model) -%}
  {%- endif -%}

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
      {%- do clickhouse__drop_mv(target_relation.derivative('_' ~ suffix, 'materialized_view'), on_cluster_clause(target_relation)) -%}
    {%- endfor -%}
  {%- endif -%}
  {%- do replace_with(staging_relation, target_relation, existing_relation) -%}
{% endmacro %}

{#- Views that run on a schedule miss no insert; where tables cannot be exchanged, there is a moment without the right views. -#}
{% macro clickhouse__can_refresh_beside(existing_relation, refresh, views) %}
  {%- if refresh or not existing_relation.is_table or not adapter.can_exchange(existing_relation.schema, 'table') -%}
    {{ return(False) }}
  {%- endif -%}
  {%- for suffix in views -%}
    {%- set view = load_cached_relation(existing_relation.derivative('_' ~ suffix, 'materialized_view')) -%}
    {%- if view is not none and (view.is_refreshable or not view.is_materialized_view or view.writes_into != existing_relation.schema ~ '.' ~ existing_relation.identifier) -%}
      {{ return(False) }}
    {%- endif -%}
  {%- endfor -%}
  {{ return(True) }}
{% endmacro %}

{#-
  A new table is filled beside the old one while views of its own bring it what is inserted meanwhile, and the old views go on
  as well: whenever a row comes in, there is a view that brings it to the table that counts. A row that comes between the making
  of the views and the start of the filling is brought twice; none is lost (dbt-clickhouse #567).
-#}
{% macro clickhouse__refresh_beside(existing_relation, sql, views) %}
  {%- set has_contract = config.get('contract').enforced -%}
  {%- set staging_relation = make_staging_relation(existing_relation) -%}
  {%- set helpers = [] -%}
  {%- if config.get('catchup', True) -%}
    {%- do clickhouse__create_empty_table(False, staging_relation, sql, has_contract) -%}
    {%- for suffix, view_sql in views.items() -%}
      {%- set helper = make_staging_relation(existing_relation.derivative('_' ~ suffix, 'materialized_view')) -%}
      {%- do helpers.append(helper) -%}
      {%- do clickhouse__create_mv(helper, staging_relation, on_cluster_clause(helper), '', view_sql, to_stay=False) -%}
    {%- endfor -%}
    {% call statement('main') -%}
      {{ clickhouse__insert_into(staging_relation, sql, has_contract, use_columns_from_sql='by position') }}
    {%- endcall %}
  {%- else -%}
    {%- do clickhouse__create_empty_table(False, staging_relation, sql, has_contract, statement_name='main') -%}
  {%- endif -%}
  {%- for suffix, view_sql in views.items() -%}
    {%- set view = existing_relation.derivative('_' ~ suffix, 'materialized_view') -%}
    {%- if load_cached_relation(view) is none -%}
      {%- do clickhouse__create_mv(view, existing_relation, on_cluster_clause(view), '', view_sql) -%}
    {%- endif -%}
  {%- endfor -%}
  {%- do exchange_tables_atomic(staging_relation, existing_relation) -%}
  {%- for suffix, view_sql in views.items() -%}
    {%- do clickhouse__modify_mv(existing_relation.derivative('_' ~ suffix, 'materialized_view'), on_cluster_clause(existing_relation), view_sql) -%}
  {%- endfor -%}
  {%- for relation in helpers + [staging_relation] -%}
    {%- do adapter.drop_relation(relation) -%}
  {%- endfor -%}
{% endmacro %}

{#- Without a full refresh the rows stay; the views take over the new query. -#}
{% macro clickhouse__follow_views(existing_relation, sql, refresh, views) %}
  {% call noop_statement('main', 'OK') -%}
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
    {%- do clickhouse__update_mv(existing_relation.derivative('_' ~ suffix, 'materialized_view'), existing_relation, on_cluster_clause(existing_relation), refresh, view_sql) -%}
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
