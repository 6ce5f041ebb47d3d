{%- materialization test, default -%}
  {%- set relations = [] -%}
  {%- set limited_sql = get_limit_subquery_sql(sql, config.get('limit')) -%}
  {%- set header = config.get('sql_header') if flags.REQUIRE_SQL_HEADER_IN_TEST_CONFIGS else none -%}
  {%- set main_sql = limited_sql -%}

  {%- if should_store_failures() -%}
    {%- set stored_as = config.get('store_failures_as') or 'table' -%}
    {%- if stored_as not in ['table', 'view'] -%}
      {%- do exceptions.raise_compiler_error("'" ~ stored_as ~ "' is not a valid value for `store_failures_as`. Accepted values are: ['ephemeral', 'table', 'view']") -%}
    {%- endif -%}
    {%- set existing_relation = adapter.get_relation(database=database, schema=schema, identifier=model['alias']) -%}
    {%- set target_relation = api.Relation.create(identifier=model['alias'], schema=schema, database=database, type=stored_as) -%}
    {%- set staging_relation = make_staging_relation(target_relation) -%}
    {% call statement(auto_begin=True) %}
      {{ header or '' }}
      {{ get_create_sql(staging_relation, limited_sql) }}
    {% endcall %}
    {%- do replace_with(staging_relation, target_relation, existing_relation) -%}
    {%- do relations.append(target_relation) -%}
    {%- set main_sql = 'select * from ' ~ target_relation -%}
  {%- endif -%}

  {% call statement('main', fetch_result=True) -%}
    {{ header or '' }}
    {{ get_test_sql(main_sql, config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), limit=none) }}
  {%- endcall %}
  {{ return({'relations': relations}) }}
{%- endmaterialization -%}
