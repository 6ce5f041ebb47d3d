{#-
  Query settings of a heavy model: above so many bytes its groupings and sorts go to disk. Production has the memory; anywhere else, a laptop or a
  private server, a gigabyte is the limit. `var('spill_bytes')` overrules both.
-#}
{% macro spill_settings(join_algorithm=none) -%}
  {%- set bytes = var('spill_bytes', 20000000000 if target.name in ('production', 'cluster') else 1000000000) -%}
  {%- set settings = {'max_bytes_before_external_group_by': bytes, 'max_bytes_before_external_sort': bytes} -%}
  {%- if join_algorithm -%}{%- do settings.update({'join_algorithm': join_algorithm}) -%}{%- endif -%}
  {{ return(settings) }}
{%- endmacro %}

{#- Query settings of a table that grows by months: the first build inserts into all of them at once, and a platform's history has more than the hundred that are allowed. -#}
{% macro many_months() -%}
  {{ return({'max_partitions_per_insert_block': 1000}) }}
{%- endmacro %}
