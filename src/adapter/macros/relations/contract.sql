{#- The column list of an enforced contract, for a CREATE TABLE. -#}
{%- macro get_table_columns_and_constraints() -%}
  {{ adapter.dispatch('get_table_columns_and_constraints', 'dbt')() }}
{%- endmacro -%}

{% macro default__get_table_columns_and_constraints() -%}
  {{ return(table_columns_and_constraints()) }}
{%- endmacro %}

{% macro table_columns_and_constraints() -%}
  {%- set parts = adapter.render_raw_columns_constraints(raw_columns=model['columns'])
        + adapter.render_raw_model_constraints(raw_constraints=model['constraints']) -%}
    (
    {{ parts | join(',\n    ') }}
    )
{%- endmacro %}


{#- Compares what the query gives with what the YAML says; the difference is dbt's contract error. -#}
{%- macro get_assert_columns_equivalent(sql) -%}
  {{ adapter.dispatch('get_assert_columns_equivalent', 'dbt')(sql) }}
{%- endmacro -%}

{% macro default__get_assert_columns_equivalent(sql) -%}
  {{ return(assert_columns_equivalent(sql)) }}
{%- endmacro %}

{% macro assert_columns_equivalent(sql) -%}
  {%- set described = model['columns'] -%}
  {%- if not described -%}
    {%- do exceptions.raise_contract_error([], []) -%}
  {%- endif -%}
  {%- set wanted = described.values() | list -%}
  {%- set given = format_columns(get_column_schema_from_query(sql, config.get('sql_header'))) -%}
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

{% macro format_columns(columns) %}
  {%- set formatted = [] -%}
  {%- for column in columns -%}
    {%- do formatted.append(adapter.dispatch('format_column', 'dbt')(column)) -%}
  {%- endfor -%}
  {{ return(formatted) }}
{% endmacro %}

{% macro default__format_column(column) -%}
  {{ return({'name': column.name, 'data_type': column.dtype, 'formatted': column.name | lower ~ ' ' ~ column.dtype}) }}
{%- endmacro -%}
