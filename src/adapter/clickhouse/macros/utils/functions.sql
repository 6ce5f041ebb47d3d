{#- ClickHouse's own names for the cross-database functions. -#}
{% macro clickhouse__current_timestamp() -%}
  now()
{%- endmacro %}

{% macro clickhouse__snapshot_string_as_time(timestamp) -%}
  {{ return("toDateTime('" ~ timestamp ~ "')") }}
{%- endmacro %}

{% macro clickhouse__safe_cast(field, dtype) -%}
  {%- if field == 'null' -%}
    CAST(defaultValueOfTypeName('{{ clickhouse_escape_string(dtype) }}') AS {{ dtype }})
  {%- else -%}
    CAST({{ field }} AS {{ dtype }})
  {%- endif -%}
{%- endmacro %}

{% macro clickhouse__any_value(expression) -%}
  any({{ expression }})
{%- endmacro %}

{% macro clickhouse__bool_or(expression) -%}
  max({{ expression }}) > 0
{%- endmacro %}

{% macro clickhouse__cast_bool_to_text(field) -%}
  multiIf({{ field }} > 0, 'true', {{ field }} = 0, 'false', NULL)
{%- endmacro %}

{% macro clickhouse__hash(field) -%}
  lower(hex(MD5(toString({{ field }}))))
{%- endmacro %}

{% macro clickhouse__last_day(date, datepart) -%}
  {{ dbt.dateadd('day', '-1', dbt.dateadd(datepart, '1', dbt.date_trunc(datepart, date))) }}
{%- endmacro %}

{% macro clickhouse__split_part(string_text, delimiter_text, part_number) -%}
  splitByString({{ delimiter_text }}, {{ string_text }})[{{ part_number }}]
{%- endmacro %}

{#- As in dbt-clickhouse, the two texts are given bare and quoted here. -#}
{% macro clickhouse__replace(field, old_chars, new_chars) -%}
  replaceAll({{ field }}, '{{ old_chars }}', '{{ new_chars }}')
{%- endmacro %}
