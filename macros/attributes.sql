{#- The word, or 'MISSING' where it is NULL or blank: for columns that are grouped and ranked by. -#}
{% macro word_or_missing(expression) -%}
  toLowCardinality(coalesce(nullIf(trimBoth({{ expression }}), ''), 'MISSING'))
{%- endmacro %}
