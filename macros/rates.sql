{#- `part` in percent of `whole`. Of nothing it is infinite or NaN, as the engine says: grades and averages leave such values out. -#}
{% macro percent_of(part, whole) -%}
  100 * ({{ part }}) / ({{ whole }})
{%- endmacro %}
