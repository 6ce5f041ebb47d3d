{#- A LIMIT belongs before the query's own SETTINGS; the marker `-- end_of_sql` says where those begin. -#}
{% macro clickhouse__place_limit(query, limit) -%}
  {%- set marker = '-- end_of_sql' -%}
  {%- if limit is none -%}
    {{ return(query) }}
  {%- elif marker in query -%}
    {%- set parts = query.rsplit(marker, 1) -%}
    {{ return(parts[0] ~ '\nlimit ' ~ limit ~ '\n' ~ marker ~ parts[1]) }}
  {%- elif adapter.has_settings_clause(query) -%}
    {%- do exceptions.raise_compiler_error('-- end_of_sql must be set when using ClickHouse settings') -%}
  {%- endif -%}
  {{ return(query ~ '\nlimit ' ~ limit) }}
{%- endmacro %}

{% macro clickhouse__get_limit_sql(sql, limit) -%}
  {{ clickhouse__place_limit(sql, limit) }}
{%- endmacro %}

{% macro clickhouse__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) -%}
    select
      {{ fail_calc }} as failures,
      {{ fail_calc }} {{ warn_if }} as should_warn,
      {{ fail_calc }} {{ error_if }} as should_error
    from (
      {{ clickhouse__place_limit(main_sql, limit) }}
    ) dbt_internal_test
{%- endmacro %}
