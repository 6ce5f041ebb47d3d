{#- Ids 0 to 39 with value 1 in the first wave; 30 to 59 with value 2 in the second, in the partitions 1 and 2 of the first's three. -#}
{% macro wave(grows=false) %}
{%- if var('wave') == 1 %}
select number as id, toDate('2024-01-01') + intDiv(number, 15) as day, 1 as v from numbers(40)
{%- else %}
select number as id, toDate('2024-01-01') + intDiv(number, 15) as day, 2 as v
{{- ", 'x' as extra" if grows }} from numbers(30, 30)
{%- endif %}
{% endmacro %}
