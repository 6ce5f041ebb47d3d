{#- The one clock of the project. No model calls now() itself: a run for a past moment (tests, comparisons) only sets `as_of`. -#}
{% macro stir_now() -%}
  {%- if var('as_of', none) is not none -%}
    toDateTime('{{ var("as_of") }}', 'UTC')
  {%- else -%}
    now('UTC')
  {%- endif -%}
{%- endmacro %}
