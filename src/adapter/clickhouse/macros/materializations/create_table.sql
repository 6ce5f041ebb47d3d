{#- One statement builds and fills a table, wherever the server allows that; the text it returns is for statement('main'). -#}
{% macro clickhouse__create_table_as(temporary, relation, sql) -%}
  {%- set has_contract = config.get('contract').enforced -%}
  {%- set in_one = not (temporary or has_contract or adapter.has_computed_columns(model['columns']) or clickhouse__has_indexes_or_projections()) and adapter.can_create_and_fill(relation) -%}
  {%- if in_one -%}
    {{ config.get('sql_header') or '' }}
    create table {{ relation }}
    {{ clickhouse__table_clauses() }}
    as (
      {{ sql }}
    )
    {{ adapter.get_model_query_settings(model) }}
  {%- else -%}
    {%- do clickhouse__create_empty_table(temporary, relation, sql, has_contract) -%}
    {%- if not temporary -%}
      {{ clickhouse__insert_into(relation, sql, has_contract, use_columns_from_sql='by position') }}
    {%- endif -%}
  {%- endif -%}
{%- endmacro %}


{% macro clickhouse__create_empty_table(temporary, relation, sql, has_contract, statement_name='create_table_empty') %}
  {% call statement(statement_name) %}
    {{ create_table_or_empty(temporary, relation, sql, has_contract) }}
  {% endcall %}
  {%- if not temporary -%}
    {%- do add_index_and_projections(relation) -%}
  {%- endif -%}
{% endmacro %}


{% macro create_table_or_empty(temporary, relation, sql, has_contract) -%}
  {{ config.get('sql_header') or '' }}
  {%- if temporary %}
    create temporary table {{ relation.identifier }}
    engine Memory
    {{ adapter.get_model_settings(model, 'Memory') }}
    as (
      {{ sql }}
    )
  {%- else %}
    create table {{ relation }}
    {{ on_cluster_clause(relation) }}
    {%- set has_columns = has_contract or adapter.has_computed_columns(model['columns']) -%}
    {%- if has_contract -%}
      {{ get_assert_columns_equivalent(sql) }}
      {{ get_table_columns_and_constraints() }}
    {%- elif has_columns -%}
      ({{ adapter.table_columns(adapter.get_column_schema_from_query(sql, query_settings=config.get('query_settings') or {}), model['columns']) | join(',\n    ') }})
    {%- endif %}
    {{ clickhouse__table_clauses() }}
    {%- if not has_columns %}
    empty as (
      {{ sql }}
    )
    {%- endif %}
    {{ adapter.get_model_query_settings(model) }}
  {%- endif %}
{%- endmacro %}


{#-
  Under a contract the YAML's columns are named on both sides. A table just made from the same query has its columns in the
  query's order, so nothing needs naming (by position). Otherwise the columns are the table's, or the query's.
-#}
{% macro clickhouse__insert_into(target_relation, sql, has_contract, use_columns_from_sql=False) %}
  {%- set by_position = use_columns_from_sql == 'by position' -%}
  {%- if use_columns_from_sql and not by_position -%}
    {%- set names = get_quoted_csv(clickhouse__get_columns_in_query(sql)) -%}
  {%- elif has_contract and model['columns'] -%}
    {%- set names = get_quoted_csv(clickhouse__given_columns(sql) | map(attribute='name') | list) -%}
  {%- elif by_position and adapter.has_computed_columns(model['columns']) -%}
    {%- set names = get_quoted_csv(clickhouse__get_columns_in_query(sql)) -%}
  {%- elif by_position -%}
    {%- set names = '' -%}
  {%- else -%}
    {%- set names = adapter.get_writable_columns(target_relation) | map(attribute='quoted') | join(', ') -%}
  {%- endif %}
  insert into {{ target_relation }}{{ ' (' ~ names ~ ')' if names }}{{ clickhouse__insert_settings() }}
  {% if has_contract -%}
  select {{ names }} from (
    {{ sql }}
  )
  {%- else -%}
  {{ sql }}
  {%- endif %}
  {{ adapter.get_model_query_settings(model) }}
{%- endmacro %}


{#- The contract's columns that a query gives; it is asked only where the table fills some by itself. -#}
{% macro clickhouse__given_columns(sql) %}
  {%- if not adapter.has_computed_columns(model['columns']) -%}
    {{ return(model['columns'].values() | list) }}
  {%- endif -%}
  {{ return(adapter.given_columns(model['columns'], adapter.get_column_schema_from_query(sql, query_settings=config.get('query_settings') or {}))) }}
{% endmacro %}
