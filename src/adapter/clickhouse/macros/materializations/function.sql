{#- A SQL function of ClickHouse: an expression of its arguments, known to the whole server by its bare name. -#}
{% materialization function, adapter='clickhouse' %}
  {%- set target_relation = this.incorporate(type='function') -%}
  {%- if (config.get('type') or 'scalar') != 'scalar' or model.language not in [none, 'sql'] -%}
    {%- do exceptions.raise_compiler_error("ClickHouse has scalar functions in SQL only; '" ~ model.name ~ "' is a " ~ config.get('type') ~ ' function in ' ~ model.language) -%}
  {%- endif -%}

  {{ run_hooks(pre_hooks) }}
  {% call statement('main') -%}
    {{ scalar_function_sql(target_relation) }}
  {%- endcall %}
  {{ run_hooks(post_hooks) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro scalar_function_sql(target_relation) %}
  {{ return(adapter.dispatch('scalar_function_sql', 'dbt')(target_relation)) }}
{% endmacro %}

{% macro clickhouse__scalar_function_sql(target_relation) -%}
  {%- set body = model.compiled_code | trim -%}
  {%- set type = model.returns.data_type if model.returns else none -%}
  CREATE OR REPLACE FUNCTION {{ target_relation }} {{ on_cluster_clause(target_relation) }}
  AS ({{ (model.arguments or []) | map(attribute='name') | join(', ') }}) -> {{ 'CAST((' ~ body ~ ') AS ' ~ type ~ ')' if type else body }}
{%- endmacro %}
