{% macro clickhouse__array_construct(inputs, data_type) -%}
  {{ '[' ~ (inputs | join(', ')) ~ ']' if inputs else 'emptyArray' ~ data_type ~ '()' }}
{%- endmacro %}

{% macro clickhouse__array_append(array, new_element) -%}
  arrayPushBack({{ array }}, {{ new_element }})
{%- endmacro %}

{% macro clickhouse__array_concat(array_1, array_2) -%}
  arrayConcat({{ array_1 }}, {{ array_2 }})
{%- endmacro %}

{#- Joined values of a group, sorted by one expression where asked: `order by x [desc]`. -#}
{% macro clickhouse__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  {%- set words = (order_by_clause or '').split() -%}
  {%- set values = 'array_agg(' ~ measure ~ ')' -%}
  {%- if words[:2] | map('lower') | list == ['order', 'by'] -%}
    {%- if ',' in order_by_clause -%}
      {%- do exceptions.raise_compiler_error('ClickHouse does not support multiple order by fields.') -%}
    {%- endif -%}
    {%- set descending = words[-1] | lower == 'desc' -%}
    {%- set key = (words[2:-1] if words[-1] | lower in ['asc', 'desc'] else words[2:]) | join(' ') -%}
    {%- set values = 'arrayMap(x -> x.1, ' ~ ('arrayReverseSort' if descending else 'arraySort') ~ '(x -> x.2, arrayZip(' ~ values ~ ', array_agg(' ~ key ~ '))))' -%}
  {%- endif -%}
  {%- if limit_num -%}
    {%- set values = 'arraySlice(' ~ values ~ ', 1, ' ~ limit_num ~ ')' -%}
  {%- endif -%}
  arrayStringConcat({{ values }}, {{ delimiter_text }})
{%- endmacro %}
