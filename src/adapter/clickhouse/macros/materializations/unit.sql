{#- Types come from the server's description of the query; no temporary table is made. -#}
{%- materialization unit, adapter='clickhouse' -%}
  {%- set expected_rows = config.get('expected_rows') -%}
  {%- set expected_sql = config.get('expected_sql') -%}
  {%- set types = {} -%}
  {%- set quoted = {} -%}
  {%- set order = [] -%}
  {%- for column in adapter.get_column_schema_from_query(sql, query_settings=config.get('query_settings') or {}) -%}
    {%- do types.update({column.name | lower: column.data_type}) -%}
    {%- do quoted.update({column.name | lower: column.quoted}) -%}
    {%- do order.append(column.name) -%}
  {%- endfor -%}

  {%- set compared = [] -%}
  {%- for name in (expected_rows[0].keys() if expected_rows else order) -%}
    {%- do compared.append(quoted[name | lower] or adapter.quote(name)) -%}
  {%- endfor -%}
  {% call statement('main', fetch_result=True) -%}
    {{ get_unit_test_sql(sql, expected_sql or get_expected_sql(expected_rows, types, quoted), compared) }}
  {%- endcall %}
  {{ return({'relations': []}) }}
{%- endmaterialization -%}
