{% materialization incremental, adapter='clickhouse' %}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set full_refresh_mode = should_full_refresh() or (existing_relation is not none and not existing_relation.is_table) -%}
  {%- do validate_projections() -%}

  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}

  {%- if existing_relation is none or full_refresh_mode -%}
    {%- do clickhouse__build_table(target_relation, existing_relation, sql) -%}
    {%- do create_indexes(target_relation) -%}
  {%- else -%}
    {%- do clickhouse__incremental_update(existing_relation, sql) -%}
  {%- endif -%}

  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode)) -%}
  {%- do persist_docs(target_relation, model) -%}

  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {%- do adapter.commit() -%}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{%- endmaterialization %}


{#- Brings an existing table up to date. Changed columns are looked at whatever the strategy (dbt-clickhouse #435). -#}
{% macro clickhouse__incremental_update(existing_relation, sql) %}
  {%- set unique_key = clickhouse__unique_key() -%}
  {%- set predicates = (config.get('predicates') or []) + (config.get('incremental_predicates') or []) -%}
  {%- set strategy = clickhouse__effective_strategy(unique_key, predicates) -%}
  {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change'), default='ignore') -%}
  {%- set changes = none -%}
  {%- if on_schema_change != 'ignore' -%}
    {%- set changes = adapter.check_incremental_schema_changes(on_schema_change, existing_relation, sql, query_settings=config.get('query_settings', {}), columns=model['columns']) -%}
    {#- legacy builds a new table anyway -#}
    {%- if changes and strategy != 'legacy' -%}
      {%- do clickhouse__apply_column_changes(changes, existing_relation) -%}
    {%- endif -%}
    {%- if strategy != 'legacy' -%}
      {%- do clickhouse__apply_computed_columns(existing_relation, on_schema_change) -%}
    {%- endif -%}
  {%- endif -%}

  {%- if strategy == 'append' -%}
    {%- do clickhouse__incremental_append(existing_relation, sql, changes) -%}
  {%- elif strategy == 'legacy' -%}
    {%- set staging_relation = make_staging_relation(existing_relation) -%}
    {%- do clickhouse__incremental_legacy(existing_relation, staging_relation, changes, unique_key) -%}
    {%- do replace_with(staging_relation, existing_relation, existing_relation) -%}
  {%- elif strategy == 'insert_overwrite' -%}
    {%- do clickhouse__incremental_insert_overwrite(existing_relation, config.get('partition_by')) -%}
  {%- else -%}
    {%- do clickhouse__incremental_delete_insert(existing_relation, unique_key, predicates + clickhouse__batch_predicates(strategy)) -%}
  {%- endif -%}
{% endmacro %}


{#- The key as SQL lists it, or none. -#}
{% macro clickhouse__unique_key() %}
  {%- set key = config.get('unique_key') -%}
  {%- if not key -%}
    {{ return(none) }}
  {%- endif -%}
  {{ return(key if key is string else key | join(', ')) }}
{% endmacro %}

{#- Without a key nothing can be replaced, so rows are added; insert_overwrite replaces partitions and needs none. -#}
{% macro clickhouse__effective_strategy(unique_key, predicates) %}
  {%- if config.get('inserts_only') or (unique_key is none and config.get('incremental_strategy') != 'insert_overwrite') -%}
    {{ return('append') }}
  {%- endif -%}
  {%- set strategy = adapter.calculate_incremental_strategy(config.get('incremental_strategy')) -%}
  {%- do adapter.validate_incremental_strategy(strategy, predicates, unique_key, config.get('partition_by')) -%}
  {{ return(strategy) }}
{% endmacro %}

{#- The batch of a microbatch model bounds what may be deleted. -#}
{% macro clickhouse__batch_predicates(strategy) %}
  {%- set predicates = [] -%}
  {%- if strategy == 'microbatch' -%}
    {%- set start = config.get('__dbt_internal_microbatch_event_time_start') -%}
    {%- set end = config.get('__dbt_internal_microbatch_event_time_end') -%}
    {%- if start -%}
      {%- do predicates.append(config.get('event_time') ~ " >= toDateTime('" ~ start.strftime('%Y-%m-%d %H:%M:%S') ~ "')") -%}
    {%- endif -%}
    {%- if end -%}
      {%- do predicates.append(config.get('event_time') ~ " < toDateTime('" ~ end.strftime('%Y-%m-%d %H:%M:%S') ~ "')") -%}
    {%- endif -%}
  {%- endif -%}
  {{ return(predicates) }}
{% endmacro %}
