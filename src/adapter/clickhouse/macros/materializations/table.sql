{% materialization table, adapter='clickhouse' %}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- do validate_projections() -%}

  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}

  {%- set feeding_mvs = clickhouse__get_dbt_mvs_for_target(existing_relation) -%}
  {%- if feeding_mvs and not should_full_refresh() -%}
    {%- do clickhouse__keep_table_fed_by_mvs(existing_relation, sql) -%}
  {%- else -%}
    {%- do clickhouse__build_table(target_relation, existing_relation, sql, feeding_mvs) -%}
  {%- endif -%}

  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) -%}
  {%- do persist_docs(target_relation, model) -%}

  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {%- do adapter.commit() -%}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}


{#- Built where nobody looks, then put in place: a failed query leaves the old table, or none, never half of one. -#}
{% macro clickhouse__build_table(target_relation, existing_relation, sql, feeding_mvs=[]) %}
  {%- if existing_relation is none and clickhouse__engine_is_bound_to_name() -%}
    {%- do adapter.drop_on_failure(target_relation) -%}
    {% call statement('main') -%}
      {{ get_create_table_as_sql(False, target_relation, sql) }}
    {%- endcall %}
    {%- do adapter.cache_added(target_relation) -%}
  {%- else -%}
    {%- set staging_relation = make_staging_relation(target_relation) -%}
    {% call statement('main') -%}
      {{ get_create_table_as_sql(False, staging_relation, sql) }}
    {%- endcall %}
    {%- if config.get('repopulate_from_mvs_on_full_refresh', False) -%}
      {%- for mv in feeding_mvs -%}
        {% do run_query(clickhouse__insert_into(staging_relation, 'select * from (' ~ mv.sql ~ ')', false, use_columns_from_sql=True)) %}
      {%- endfor -%}
    {%- else -%}
      {%- do clickhouse__drop_mvs_that_catch_up(feeding_mvs) -%}
    {%- endif -%}
    {%- do replace_with(staging_relation, target_relation, existing_relation) -%}
  {%- endif -%}
{% endmacro %}

{#-
  Views that this run makes anew, with the older rows, go before the rows they brought do: should the run not get to them, the
  next one finds them missing and brings the rows; views that are there would count as complete.
-#}
{% macro clickhouse__drop_mvs_that_catch_up(feeding_mvs) %}
  {%- for mv in feeding_mvs -%}
    {%- set model = graph.nodes.values() | selectattr('schema', 'equalto', mv.schema) | selectattr('alias', 'equalto', mv.name) | first -%}
    {%- if model.unique_id in selected_resources and model.config.get('catchup', True) and model.config.get('full_refresh') is not false -%}
      {%- do adapter.drop_relation(adapter.get_relation(database='', schema=mv.schema, identifier=mv.name)) -%}
    {%- endif -%}
  {%- endfor -%}
{% endmacro %}

{#- A Keeper path written out in the engine cannot move with a rename, so the first build happens in place. -#}
{% macro clickhouse__engine_is_bound_to_name() %}
  {%- set engine = config.get('engine', default='MergeTree()') -%}
  {{ return('Replicated' in engine and "'/" in engine and '{uuid}' not in engine) }}
{% endmacro %}


{#- A table that materialized views of this project write into is not rebuilt: its rows exist nowhere else. -#}
{% macro clickhouse__keep_table_fed_by_mvs(existing_relation, sql) %}
  {%- set configured = config.get('mv_on_schema_change') if 'mv_on_schema_change' in config.model.unrendered_config else none -%}
  {%- if configured is none -%}
    {{ log('Table ' ~ existing_relation.name ~ ' is used as a target by a dbt-managed materialized view. Defaulting mv_on_schema_change to "fail" to prevent data loss.', info=True) }}
  {%- endif -%}
  {%- set mode = incremental_validate_on_schema_change(configured or 'fail', default='ignore') -%}
  {% call noop_statement('main', 'OK') -%}
    select 1
  {%- endcall %}
  {%- if mode != 'ignore' -%}
    {%- set changes = adapter.check_incremental_schema_changes(mode, existing_relation, sql, materialization='table', query_settings=config.get('query_settings', {}), columns=model['columns']) -%}
    {%- if changes -%}
      {%- do clickhouse__apply_column_changes(changes, existing_relation) -%}
    {%- endif -%}
  {%- endif -%}
{% endmacro %}

{#- The materialized views that write into a relation and are models of this project: [{schema, name, sql}] -#}
{% macro clickhouse__get_dbt_mvs_for_target(relation) %}
  {%- set found = [] -%}
  {%- if relation is not none and relation.mvs_pointing_to_it -%}
    {%- set models = [] -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.config.materialized == 'materialized_view' -%}
      {%- do models.append(node.schema ~ '.' ~ node.alias) -%}
    {%- endfor -%}
    {%- for mv in relation.mvs_pointing_to_it if mv.schema ~ '.' ~ mv.name in models -%}
      {%- do found.append(mv) -%}
    {%- endfor -%}
  {%- endif -%}
  {{ return(found) }}
{% endmacro %}
