{#- Without join_use_nulls an orphan's parent key would be the type's default, not null. -#}
{% macro clickhouse__test_relationships(model, column_name, to, field) %}
{{- default__test_relationships(model, column_name, to, field).rstrip() }}
-- end_of_sql
settings join_use_nulls = 1

{% endmacro %}
