{#- Keeps the newest version of each `key` of a replicated table; ends the select. Equal `updated_at` is settled by the order of arrival. -#}
{% macro latest_version(key, version='updated_at', arrival=none) -%}
  order by {{ version }} desc{% if arrival %}, {{ arrival }} desc{% endif %}
  limit 1 by {{ key }}
{%- endmacro %}

{#-
  On an incremental run, only what changed after the newest loaded row less the hours by which the crawler may be late.
  An empty target gives the epoch, which must not wrap below zero.
-#}
{% macro changed_since_last_load(column, late_hours=4) -%}
  {% if is_incremental() -%}
  {{ column }} > (select greatest(max({{ column }}), toDateTime({{ late_hours * 3600 }}, 'UTC')) - interval {{ late_hours }} hour from {{ this }})
  {%- else -%}
  true
  {%- endif %}
{%- endmacro %}
