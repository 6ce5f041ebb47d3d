{#- Rows of a unit test's input as a query; columns the row does not name get the type's default. -#}
{% macro get_fixture_sql(rows, column_name_to_data_types) %}
  {%- set quoted = {} -%}
  {%- if not column_name_to_data_types -%}
    {%- set relation = defer_relation if (defer_relation and not load_relation(this)) else this -%}
    {%- set column_name_to_data_types = {} -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
      {%- do column_name_to_data_types.update({column.name | lower: column.data_type}) -%}
      {%- do quoted.update({column.name | lower: column.quoted}) -%}
    {%- endfor -%}
  {%- endif -%}
  {%- if not column_name_to_data_types -%}
    {%- do exceptions.raise_compiler_error("Not able to get columns for unit test '" ~ model.name ~ "' from relation " ~ this ~ " because the relation doesn't exist") -%}
  {%- endif -%}

  {%- set defaults = {} -%}
  {%- for name, type in column_name_to_data_types.items() -%}
    {%- do defaults.update({name: safe_cast('null', type) | trim}) -%}
  {%- endfor -%}
  {%- do validate_fixture_rows(rows, none) -%}
  {%- set selects = [] -%}
  {%- for row in rows -%}
    {%- set values = defaults.copy() -%}
    {%- do values.update(format_row(row, column_name_to_data_types)) -%}
    {%- do selects.append(dbt.fixture_select(values, quoted)) -%}
  {%- endfor -%}
{{ '\n' }}-- Fixture for {{ model.name }}
{{ selects | join('\nunion all\n') if selects else dbt.fixture_select(defaults, quoted) ~ '\n    limit 0' }}
{%- endmacro %}


{% macro get_expected_sql(rows, column_name_to_data_types, column_name_to_quoted) %}
  {%- set selects = [] -%}
  {%- for row in rows -%}
    {%- do selects.append(dbt.fixture_select(format_row(row, column_name_to_data_types), column_name_to_quoted)) -%}
  {%- endfor -%}
{{ selects | join('\nunion all\n') if selects else 'select * from dbt_internal_unit_test_actual\nlimit 0' }}
{% endmacro %}


{#- `select value as "name", …` for one row. -#}
{% macro fixture_select(values, quoted) -%}
  {%- set parts = [] -%}
  {%- for name, value in values.items() -%}
    {%- do parts.append(value | trim ~ ' as ' ~ (quoted.get(name) or adapter.quote(name))) -%}
  {%- endfor -%}
  {{ return('select ' ~ (parts | join(', '))) }}
{%- endmacro %}


{#- A YAML row as SQL: names lower-cased and known, values quoted and cast. -#}
{%- macro format_row(row, column_name_to_data_types) -%}
  {%- set formatted = {} -%}
  {%- for key, value in row.items() -%}
    {%- set name = key | lower -%}
    {%- if name not in column_name_to_data_types -%}
      {%- set fixture = 'expected output' if model.resource_type == 'unit_test' else ("'" ~ model.name ~ "'") -%}
      {%- do exceptions.raise_compiler_error(
        "Invalid column name: '" ~ name ~ "' in unit test fixture for " ~ fixture ~ "."
        ~ "\nAccepted columns for " ~ fixture ~ " are: " ~ (column_name_to_data_types.keys() | list)) -%}
    {%- endif -%}
    {%- if value is none -%}
      {%- set literal = 'null' -%}
    {%- elif value is string -%}
      {%- set literal = dbt.string_literal(clickhouse_escape_string(value)) -%}
    {%- else -%}
      {%- set literal = value -%}
    {%- endif -%}
    {%- do formatted.update({name: safe_cast(literal, column_name_to_data_types[name])}) -%}
  {%- endfor -%}
  {{ return(formatted) }}
{%- endmacro -%}


{%- macro validate_fixture_rows(rows, row_number) -%}
  {{ return(adapter.dispatch('validate_fixture_rows', 'dbt')(rows, row_number)) }}
{%- endmacro -%}

{%- macro default__validate_fixture_rows(rows, row_number) -%}
{%- endmacro -%}


{#- Types for rows given as `this`: none where the table exists and tells them, else those of its first build. -#}
{% macro column_types_of_this(first_build_sql) %}
  {%- if load_relation(this) -%}{{ return(none) }}{%- endif -%}
  {%- set types = {} -%}
  {%- for column in get_column_schema_from_query(first_build_sql) -%}
    {%- do types.update({column.name | lower: column.data_type}) -%}
  {%- endfor -%}
  {{ return(types) }}
{% endmacro %}
