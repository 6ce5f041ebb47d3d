{#- `relation` is where the rows go: the seed itself unless given. -#}
{% macro create_csv_table(model, agate_table, relation=none) -%}
  {%- set create = adapter.dispatch('create_csv_table', 'dbt') -%}
  {{ return(create(model, agate_table) if relation is none else create(model, agate_table, relation)) }}
{%- endmacro %}

{% macro default__create_csv_table(model, agate_table, relation=none) %}
  {%- set create_sql = 'create table ' ~ (relation or this) ~ ' (' ~ get_seed_column_definitions(model, agate_table) ~ ')' -%}
  {% call statement('_') -%}
    {{ create_sql }}
  {%- endcall %}
  {{ return(create_sql) }}
{% endmacro %}

{#- `"name" Type` of each column: the configured type, else the one the values suggest. -#}
{% macro get_seed_column_definitions(model, agate_table) %}
  {%- set overrides = model['config'].get('column_types', {}) -%}
  {%- set quoting = model['config'].get('quote_columns', None) -%}
  {%- set parts = [] -%}
  {%- for name in agate_table.column_names -%}
    {%- set type = overrides.get(name) or adapter.convert_type(agate_table, loop.index0) -%}
    {%- do parts.append(adapter.quote_seed_column(name | string, quoting) ~ ' ' ~ type) -%}
  {%- endfor -%}
  {{ return(parts | join(', ')) }}
{% endmacro %}

{% macro get_seed_column_quoted_csv(model, column_names) %}
  {%- set quoted = [] -%}
  {%- for name in column_names -%}
    {%- do quoted.append(adapter.quote_seed_column(name, model['config'].get('quote_columns', None))) -%}
  {%- endfor -%}
  {{ return(quoted | join(', ')) }}
{% endmacro %}


{% macro reset_csv_table(model, full_refresh, old_relation, agate_table) -%}
  {{ return(adapter.dispatch('reset_csv_table', 'dbt')(model, full_refresh, old_relation, agate_table)) }}
{%- endmacro %}

{% macro default__reset_csv_table(model, full_refresh, old_relation, agate_table) %}
  {%- if full_refresh -%}
    {%- do adapter.drop_relation(old_relation) -%}
    {{ return(create_csv_table(model, agate_table)) }}
  {%- endif -%}
  {%- do adapter.truncate_relation(old_relation) -%}
  {{ return('truncate table ' ~ old_relation) }}
{% endmacro %}


{% macro load_csv_rows(model, agate_table, relation=none) -%}
  {%- set load = adapter.dispatch('load_csv_rows', 'dbt') -%}
  {{ return(load(model, agate_table) if relation is none else load(model, agate_table, relation)) }}
{%- endmacro %}

{#- Rows as VALUES with a mark for each cell, in batches; the first statement stands for all of them in target/run. -#}
{% macro default__load_csv_rows(model, agate_table) %}
  {%- set names = get_seed_column_quoted_csv(model, agate_table.column_names) -%}
  {%- set marks = [] -%}
  {%- for name in agate_table.column_names -%}
    {%- do marks.append(get_binding_char()) -%}
  {%- endfor -%}
  {%- set sent = [] -%}
  {%- for rows in agate_table.rows | batch(get_batch_size()) -%}
    {%- set cells = [] -%}
    {%- set tuples = [] -%}
    {%- for row in rows -%}
      {%- do cells.extend(row) -%}
      {%- do tuples.append('(' ~ (marks | join(',')) ~ ')') -%}
    {%- endfor -%}
    {%- do sent.append('insert into ' ~ this.render() ~ ' (' ~ names ~ ') values\n' ~ (tuples | join(','))) -%}
    {%- do adapter.add_query(sent[-1], bindings=cells, abridge_sql_log=True) -%}
  {%- endfor -%}
  {{ return(sent[0]) }}
{% endmacro %}

{% macro get_csv_sql(create_or_truncate_sql, insert_sql) %}
  {{ adapter.dispatch('get_csv_sql', 'dbt')(create_or_truncate_sql, insert_sql) }}
{% endmacro %}

{% macro default__get_csv_sql(create_or_truncate_sql, insert_sql) %}
    {{ create_or_truncate_sql }};
    -- dbt seed --
    {{ insert_sql }}
{% endmacro %}

{% macro get_binding_char() -%}
  {{ return(adapter.dispatch('get_binding_char', 'dbt')()) }}
{%- endmacro %}

{% macro default__get_binding_char() %}
  {{ return('%s') }}
{% endmacro %}

{% macro get_batch_size() -%}
  {{ return(adapter.dispatch('get_batch_size', 'dbt')()) }}
{%- endmacro %}

{% macro default__get_batch_size() %}
  {{ return(10000) }}
{% endmacro %}
