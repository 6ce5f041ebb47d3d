{% macro set_sql_header(config) -%}
  {{ config.set('sql_header', caller()) }}
{%- endmacro %}


{#- The model's own full_refresh beats the command line. -#}
{% macro should_full_refresh() %}
  {% set configured = config.get('full_refresh') %}
  {% do return(flags.FULL_REFRESH if configured is none else configured) %}
{% endmacro %}


{#- The test's own store_failures beats the command line. -#}
{% macro should_store_failures() %}
  {% set configured = config.get('store_failures') %}
  {% do return(flags.STORE_FAILURES if configured is none else configured) %}
{% endmacro %}
