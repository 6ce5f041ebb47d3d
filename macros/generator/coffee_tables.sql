{#- The campaign product's tables, replicated from its Postgres. -#}
{% macro gen_coffee_tables() %}
  {{ return([
  ]) }}
{% endmacro %}

{% macro gen_coffee_statements(window) %}
  {{ return([
  ]) }}
{% endmacro %}
