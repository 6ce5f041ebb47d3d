{% macro clickhouse__create_csv_table(model, agate_table, relation=none) %}
  {%- set target = relation or this -%}
  {%- set parts = [
    'create table ' ~ target ~ ' ' ~ on_cluster_clause(target),
    '(' ~ get_seed_column_definitions(model, agate_table) ~ ')',
    engine_clause() | trim,
    order_cols(label='order by'),
    partition_cols(label='partition by'),
  ] -%}
  {%- set create_sql = parts | select | join('\n') -%}
  {% call statement('_') -%}
    {{ create_sql }}
  {%- endcall %}
  {{ return(create_sql) }}
{% endmacro %}

{#- The rows travel as the body of the statement; what comes back is the statement without them, for target/run. -#}
{% macro clickhouse__load_csv_rows(model, agate_table, relation=none) %}
  {%- set names = get_seed_column_quoted_csv(model, agate_table.column_names) -%}
  {%- set insert_sql = 'insert into ' ~ (relation or this) ~ ' (' ~ names ~ ')\n' ~ adapter.get_model_query_settings(model) ~ 'format CSV\n' -%}
  {%- do adapter.add_query(insert_sql ~ adapter.get_csv_data(agate_table), bindings=agate_table, abridge_sql_log=True) -%}
  {{ return(insert_sql | trim) }}
{% endmacro %}
