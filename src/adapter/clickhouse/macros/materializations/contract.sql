{#- Names and exact types as the server sees them, in any order, under the settings the model will run with. -#}
{% macro clickhouse__get_assert_columns_equivalent(sql) -%}
  {%- set described = model['columns'] -%}
  {%- if not described -%}
    {%- do exceptions.raise_contract_error([], []) -%}
  {%- endif -%}
  {%- set given = adapter.format_columns(adapter.get_column_schema_from_query(sql, query_settings=config.get('query_settings') or {})) -%}
  {#- What the table fills by itself the query need not give. -#}
  {%- set wanted = adapter.given_columns(described, given) -%}
  {%- if given | length != wanted | length -%}
    {%- do exceptions.raise_contract_error(wanted, given) -%}
  {%- endif -%}
  {%- for column in given -%}
    {%- set same = wanted | selectattr('name', 'equalto', column['name']) | selectattr('data_type', 'equalto', column['data_type']) | list -%}
    {%- if not same -%}
      {%- do exceptions.raise_contract_error(wanted, given) -%}
    {%- endif -%}
  {%- endfor -%}
{%- endmacro %}
