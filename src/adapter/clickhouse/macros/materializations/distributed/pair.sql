{#- A distributed model is a pair: a local table on each shard, and a Distributed table of the model's name over them. -#}
{% macro clickhouse__local_relation(relation) %}
  {{ return(relation.incorporate(path={
    'identifier': relation.identifier ~ adapter.get_clickhouse_local_suffix(),
    'schema': adapter.get_clickhouse_local_db_prefix() ~ relation.schema,
  })) }}
{% endmacro %}

{% macro clickhouse__require_cluster(relation) %}
  {%- if on_cluster_clause(relation) | trim == '' -%}
    {%- do exceptions.raise_compiler_error('To use distributed materialization cluster setting in dbt profile must be set') -%}
  {%- endif -%}
{% endmacro %}


{% macro create_distributed_table(relation, local_relation) -%}
  {%- set cluster = adapter.get_clickhouse_cluster_name() -%}
  {%- if cluster is none -%}
    {%- do exceptions.raise_compiler_error('Cluster name should be defined for using distributed materializations, current is None') -%}
  {%- endif -%}
  {%- set key = config.get('sharding_key') -%}
  {%- set key = key | join(', ') if key is iterable and key is not string else key -%}
  create or replace table {{ relation }} {{ on_cluster_clause(relation) }} as {{ local_relation }}
  ENGINE = Distributed('{{ cluster[1:-1] }}', '{{ local_relation.schema }}', '{{ local_relation.identifier }}', {{ key if key and key | trim else 'rand()' }})
{%- endmacro %}


{#-
  A shard that copies to itself writes to one replica; where the engine does not replicate, the others would miss the rows. So there the
  rows go through the Distributed table. Placed between the columns and the query of an INSERT.
-#}
{% macro clickhouse__insert_settings() %}
  {%- set is_pair = config.get('materialized').startswith('distributed_') -%}
  {%- if is_pair and not clickhouse__is_replicated() and 'parallel_distributed_insert_select' not in (config.get('query_settings') or {}) -%}
    {{ return(' settings parallel_distributed_insert_select = 0') }}
  {%- endif -%}
  {{ return('') }}
{% endmacro %}


{#- The columns are the query's where one is given, else those of another relation. -#}
{% macro create_empty_table_from_relation(relation, source_relation, sql=none) -%}
  {%- set columns = adapter.get_column_schema_from_query(sql, query_settings=config.get('query_settings') or {}) if sql else adapter.get_columns_in_relation(source_relation) -%}
  {%- set parts = [] -%}
  {%- for column in columns -%}
    {%- do parts.append(adapter.quote_identifier(column.name) ~ ' ' ~ column.raw_type) -%}
  {%- endfor -%}
  {%- for projection in config.get('projections') or [] -%}
    {%- do parts.append(clickhouse_projection_ddl(projection)) -%}
  {%- endfor -%}
  {{ config.get('sql_header') or '' }}
  create table {{ relation.include(database=False) }} {{ on_cluster_clause(relation) }}
  ({{ parts | join(', ') }})
  {{ clickhouse__table_clauses() }}
{%- endmacro %}


{% macro create_distributed_local_table(distributed_relation, shard_relation, structure_relation, sql_query=none, has_contract=false) -%}
  {%- if shard_relation.schema != distributed_relation.schema -%}
    {%- do adapter.create_schema(shard_relation) -%}
  {%- endif -%}
  {% do run_query(create_empty_table_from_relation(shard_relation, structure_relation, sql_query)) %}
  {% do run_query(create_distributed_table(distributed_relation, shard_relation)) %}
  {%- if sql_query is not none -%}
    {% do run_query(clickhouse__insert_into(distributed_relation, sql_query, has_contract, use_columns_from_sql='by position')) %}
  {%- endif -%}
{%- endmacro %}


{#- A new pair beside the model's own: {distributed, local}; both go at the end of the node. -#}
{% macro clickhouse__staging_pair(target_relation, suffix, structure_relation, sql=none) %}
  {%- set distributed_relation = make_staging_relation(target_relation, suffix) -%}
  {%- set local_relation = make_staging_relation(clickhouse__local_relation(target_relation), suffix) -%}
  {%- do create_distributed_local_table(distributed_relation, local_relation, structure_relation, sql, config.get('contract').enforced) -%}
  {{ return({'distributed': distributed_relation, 'local': local_relation}) }}
{% endmacro %}

{% macro clickhouse__drop_pair(pair) %}
  {%- do adapter.drop_relation(pair.distributed) -%}
  {%- do adapter.drop_relation(pair.local) -%}
{% endmacro %}

{#- The filled local tables take their place on all shards; the Distributed table then gets their columns. -#}
{% macro clickhouse__put_pair_in_place(pair, target_relation) %}
  {%- set local_relation = clickhouse__local_relation(target_relation) -%}
  {%- set existing_relation = load_cached_relation(target_relation) -%}
  {%- do replace_with(pair.local, local_relation, load_cached_relation(local_relation)) -%}
  {%- if existing_relation is not none and not existing_relation.is_table -%}
    {%- do adapter.drop_relation(existing_relation) -%}
  {%- endif -%}
  {% do run_query(create_distributed_table(target_relation, local_relation)) %}
  {%- do adapter.cache_added(target_relation) -%}
  {%- do adapter.drop_relation(pair.distributed) -%}
{% endmacro %}

{% macro clickhouse__build_pair(target_relation, sql) %}
  {%- set pair = clickhouse__staging_pair(target_relation, '__dbt_tmp', none, sql) -%}
  {%- do clickhouse__put_pair_in_place(pair, target_relation) -%}
  {% call noop_statement('main', 'OK') -%}
    {{ sql }}
  {%- endcall %}
{% endmacro %}
