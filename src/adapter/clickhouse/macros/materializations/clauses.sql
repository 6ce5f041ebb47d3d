{#- The parts of CREATE TABLE that come from a model's configuration; projects call and override them by name. -#}
{% macro engine_clause() %}
  engine = {{ config.get('engine', default='MergeTree()') }}
{%- endmacro -%}

{% macro clickhouse__parenthesised(label, columns) -%}
  {{ return(label ~ ' (' ~ ((columns if columns is string else columns | join(','))) ~ ')') }}
{%- endmacro %}

{% macro partition_cols(label) %}
  {%- set columns = config.get('partition_by') -%}
  {%- if columns -%}
    {{ clickhouse__parenthesised(label, columns) }}
  {%- endif -%}
{%- endmacro -%}

{% macro primary_key_clause(label) %}
  {%- set key = config.get('primary_key') -%}
  {%- if key -%}
    {{ label }} {{ key if key is string else '(' ~ (key | join(', ')) ~ ')' }}
  {%- endif -%}
{%- endmacro -%}

{% macro order_cols(label) %}
  {%- set engine = config.get('engine', default='MergeTree()') -%}
  {%- if 'MergeTree' in engine or engine in ['HDFS', 'MaterializedPostgreSQL', 'S3', 'EmbeddedRocksDB', 'Hive'] -%}
    {{ clickhouse__parenthesised(label, config.get('order_by') or 'tuple()') }}
  {%- endif -%}
{%- endmacro -%}

{% macro ttl_config(label) %}
  {%- if config.get('ttl') -%}
    {{ label }} {{ config.get('ttl') }}
  {%- endif -%}
{%- endmacro -%}

{% macro codec_clause(codec_name) -%}
  {%- if codec_name -%}
    CODEC({{ codec_name }})
  {%- endif -%}
{%- endmacro %}


{#- Everything between a table's name and its rows. -#}
{% macro clickhouse__table_clauses() -%}
  {%- set parts = [
    engine_clause(),
    order_cols(label='order by'),
    primary_key_clause(label='primary key'),
    partition_cols(label='partition by'),
    ttl_config(label='ttl'),
    adapter.get_model_settings(model, config.get('engine', default='MergeTree')),
  ] -%}
  {{ return(parts | map('trim') | select | join('\n    ')) }}
{%- endmacro %}
