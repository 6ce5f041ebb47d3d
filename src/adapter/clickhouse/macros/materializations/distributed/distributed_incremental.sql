{% materialization distributed_incremental, adapter='clickhouse' %}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set local_relation = clickhouse__local_relation(target_relation) -%}
  {%- do clickhouse__require_cluster(target_relation) -%}
  {%- do validate_projections() -%}

  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}

  {%- set full_refresh_mode = should_full_refresh() or (existing_relation is not none and not existing_relation.is_table) -%}
  {%- if full_refresh_mode or load_cached_relation(local_relation) is none -%}
    {%- do clickhouse__build_pair(target_relation, sql) -%}
  {%- else -%}
    {%- if existing_relation is none -%}
      {% do run_query(create_distributed_table(target_relation, local_relation)) %}
    {%- endif -%}
    {%- do clickhouse__distributed_update(target_relation, local_relation, sql) -%}
  {%- endif -%}
  {%- do clickhouse__finish_pair(target_relation, existing_relation, full_refresh_mode) -%}

  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {%- do adapter.commit() -%}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{%- endmaterialization %}


{% macro clickhouse__distributed_update(target_relation, local_relation, sql) %}
  {%- set unique_key = clickhouse__unique_key() -%}
  {%- set predicates = (config.get('predicates') or []) + (config.get('incremental_predicates') or []) -%}
  {%- set strategy = clickhouse__effective_strategy(unique_key, predicates) -%}
  {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change'), default='ignore') -%}
  {%- set changes = none -%}
  {%- if on_schema_change != 'ignore' -%}
    {%- set changes = adapter.check_incremental_schema_changes(on_schema_change, local_relation, sql, query_settings=config.get('query_settings', {})) -%}
    {%- if changes and strategy == 'legacy' -%}
      {%- do exceptions.raise_compiler_error('Schema changes not supported with Distributed tables ') -%}
    {%- elif changes -%}
      {%- do clickhouse__apply_column_changes(changes, target_relation, True) -%}
    {%- endif -%}
  {%- endif -%}

  {%- if strategy == 'append' -%}
    {%- do clickhouse__incremental_append(target_relation, sql, changes) -%}
  {%- elif strategy == 'legacy' -%}
    {%- do clickhouse__distributed_legacy(target_relation, local_relation, sql, unique_key) -%}
  {%- elif strategy == 'insert_overwrite' -%}
    {%- do clickhouse__distributed_insert_overwrite(target_relation, local_relation, sql) -%}
  {%- else -%}
    {%- do clickhouse__distributed_delete_insert(target_relation, local_relation, sql, unique_key, predicates + clickhouse__batch_predicates(strategy)) -%}
  {%- endif -%}
{% endmacro %}


{#- As clickhouse__incremental_legacy, with pairs: rows of one key may lie on any shard. -#}
{% macro clickhouse__distributed_legacy(target_relation, local_relation, sql, unique_key) %}
  {%- set new_data = clickhouse__staging_pair(target_relation, '__dbt_new_data', none, sql) -%}
  {%- set result = clickhouse__staging_pair(target_relation, '__dbt_tmp', local_relation) -%}
  {%- set columns = adapter.get_columns_in_relation(local_relation) | map(attribute='quoted') | join(', ') -%}
  {%- do clickhouse__insert_untouched_rows(target_relation, result.distributed, new_data.distributed, unique_key, columns) -%}
  {% call statement('main') -%}
    insert into {{ result.distributed }} ({{ columns }}){{ clickhouse__insert_settings() }} select {{ columns }} from {{ new_data.distributed }} {{ adapter.get_model_query_settings(model) }}
  {%- endcall %}
  {%- do clickhouse__drop_pair(new_data) -%}
  {%- do clickhouse__put_pair_in_place(result, target_relation) -%}
{% endmacro %}

{% macro clickhouse__distributed_delete_insert(target_relation, local_relation, sql, unique_key, predicates) %}
  {%- set new_data = clickhouse__staging_pair(target_relation, '__dbt_new_data', none, sql) -%}
  {%- do clickhouse__sync_replicas(new_data.local) -%}
  {%- set columns = adapter.get_columns_in_relation(local_relation) | map(attribute='quoted') | join(', ') -%}
  {% call statement('delete_existing_data') -%}
    delete from {{ local_relation }} {{ on_cluster_clause(target_relation) }}
    where ({{ unique_key }}) in (select {{ unique_key }} from {{ new_data.distributed }})
    {%- for predicate in predicates %}
    and {{ predicate }}
    {%- endfor %}
    {{ adapter.get_model_query_settings(model) }}
  {%- endcall %}
  {% call statement('main') -%}
    insert into {{ target_relation }} ({{ columns }}){{ clickhouse__insert_settings() }} select {{ columns }} from {{ new_data.distributed }} {{ adapter.get_model_query_settings(model) }}
  {%- endcall %}
  {%- do clickhouse__drop_pair(new_data) -%}
{% endmacro %}

{#- A shard that got no new rows of a partition must give up its old ones all the same; newer servers want to be told so. -#}
{% macro clickhouse__distributed_insert_overwrite(target_relation, local_relation, sql) %}
  {%- set new_data = clickhouse__staging_pair(target_relation, '__dbt_new_data', none, sql) -%}
  {%- do clickhouse__sync_replicas(new_data.local) -%}
  {%- set partitions = run_query('select distinct partition_id from cluster(' ~ adapter.get_clickhouse_cluster_name() ~ ', system.parts) where active'
        ~ " and database = '" ~ clickhouse_escape_string(new_data.local.schema) ~ "'"
        ~ " and table = '" ~ clickhouse_escape_string(new_data.local.identifier) ~ "'").columns[0].values() -%}
  {%- if partitions -%}
    {%- set actions = [] -%}
    {%- for partition in partitions -%}
      {%- do actions.append("replace partition id '" ~ partition ~ "' from " ~ new_data.local) -%}
    {%- endfor -%}
    {% call statement('main') -%}
      alter table {{ local_relation }} {{ on_cluster_clause(target_relation) }} {{ actions | join(', ') }}
      {{ 'settings allow_replace_partition_from_empty_source = 1' if adapter.is_at_or_after_version('26.6') }}
    {%- endcall %}
  {%- else -%}
    {% call noop_statement('main', 'OK') -%}
      {{ sql }}
    {%- endcall %}
  {%- endif -%}
  {%- do clickhouse__drop_pair(new_data) -%}
{% endmacro %}
