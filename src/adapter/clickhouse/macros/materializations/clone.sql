{#- MergeTree parts can be shared; other engines and distributed tables become views. -#}
{% macro clickhouse__can_clone_table() %}
  {%- set distributed = config.get('materialized', '').startswith('distributed_') -%}
  {{ return(not distributed and 'MergeTree' in config.get('engine', default='MergeTree()')) }}
{% endmacro %}

{% macro clickhouse__create_or_replace_clone(this_relation, defer_relation) -%}
  CREATE OR REPLACE TABLE {{ this_relation }} {{ on_cluster_clause(this_relation) }} CLONE AS {{ defer_relation }}
{%- endmacro %}
