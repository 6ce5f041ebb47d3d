{% macro clickhouse__list_schemas(database) %}
  {{ return(run_query('select name from system.databases')) }}
{% endmacro %}

{% macro clickhouse__get_database(database) %}
  {{ return(run_query("select name, engine, comment from system.databases where name = '" ~ database ~ "'")) }}
{% endmacro %}

{#- For projects that ask; tsdbt itself reads all schemas in one query of its own. -#}
{% macro clickhouse__list_relations_without_caching(schema_relation) %}
  {{ return(run_query(adapter.list_relations_sql([schema_relation.schema]))) }}
{% endmacro %}

{% macro clickhouse__get_columns_in_relation(relation) -%}
  {%- if not relation.schema -%}
    {%- do exceptions.warn('Relations should always come with a defined schema. Missing schema for ' ~ relation.identifier) -%}
  {%- endif -%}
  {% call statement('get_columns', fetch_result=True) -%}
    select name, type from system.columns
    where table = '{{ clickhouse_escape_string(relation.identifier) }}'
    {%- if relation.schema and not relation.is_temporary %} and database = '{{ clickhouse_escape_string(relation.schema) }}'{% endif %}
    order by position
  {%- endcall %}
  {{ return(sql_convert_columns_in_relation(load_result('get_columns').table)) }}
{% endmacro %}

{% macro clickhouse__get_columns_in_query(select_sql) %}
  {{ return(adapter.get_column_schema_from_query(select_sql, config.get('query_settings', {})) | map(attribute='name') | list) }}
{% endmacro %}

{% macro clickhouse_escape_string(value) -%}
  {{ return(value | replace('\\', '\\\\') | replace("'", "\\'")) }}
{%- endmacro %}


{#- catalog.json: one row for each column of the wanted schemas or relations. -#}
{% macro clickhouse__get_catalog(information_schema, schemas) -%}
  {{ return(run_query(clickhouse__get_catalog_results_sql(clickhouse__get_catalog_schemas_where_clause_sql(schemas)))) }}
{%- endmacro %}

{% macro clickhouse__get_catalog_relations(information_schema, relations) -%}
  {{ return(run_query(clickhouse__get_catalog_results_sql(clickhouse__get_catalog_relations_where_clause_sql(relations)))) }}
{%- endmacro %}

{% macro clickhouse__get_catalog_results_sql(where_clause) -%}
    select
      '' as table_database,
      columns.database as table_schema,
      columns.table as table_name,
      if(tables.engine in ('View', 'MaterializedView'), 'view', 'table') as table_type,
      nullIf(tables.comment, '') as table_comment,
      columns.name as column_name,
      columns.position as column_index,
      columns.type as column_type,
      nullIf(columns.comment, '') as column_comment,
      cast(null as Nullable(String)) as table_owner
    from system.columns as columns
    join system.tables as tables on tables.database = columns.database and tables.name = columns.table
    {{ where_clause }}
    order by columns.database, columns.table, columns.position
{%- endmacro %}

{% macro clickhouse__get_catalog_schemas_where_clause_sql(schemas) -%}
  {%- set names = [] -%}
  {%- for schema in schemas -%}
    {%- do names.append("'" ~ clickhouse_escape_string(schema) ~ "'") -%}
  {%- endfor -%}
  {{ return("where columns.database in (" ~ (names | join(', ')) ~ ") and columns.database != 'system'" if names else 'where 1 = 0') }}
{%- endmacro %}

{% macro clickhouse__get_catalog_relations_where_clause_sql(relations) -%}
  {%- set conditions = [] -%}
  {%- for relation in relations -%}
    {%- if not relation.schema -%}
      {%- do exceptions.raise_compiler_error('`get_catalog_relations` requires a list of relations, each with a schema') -%}
    {%- endif -%}
    {%- set condition = "columns.database = '" ~ clickhouse_escape_string(relation.schema) ~ "'" -%}
    {%- if relation.identifier -%}
      {%- set condition = condition ~ " and columns.table = '" ~ clickhouse_escape_string(relation.identifier) ~ "'" -%}
    {%- endif -%}
    {%- do conditions.append('(' ~ condition ~ ')') -%}
  {%- endfor -%}
  {{ return("where columns.database != 'system' and (" ~ (conditions | join(' or ')) ~ ')' if conditions else 'where 1 = 0') }}
{%- endmacro %}


{#-
  When rows last came into tables, as far as ClickHouse itself knows: by the newest part of a MergeTree table. A merge counts as
  well, and comes soon after the rows. Null for what has no parts.
-#}
{% macro clickhouse__get_relation_last_modified(information_schema, relations) -%}
  {%- set names = [] -%}
  {%- for relation in relations -%}
    {%- do names.append("('" ~ clickhouse_escape_string(relation.schema) ~ "', '" ~ clickhouse_escape_string(relation.identifier) ~ "')") -%}
  {%- endfor -%}
  {%- call statement('last_modified', fetch_result=True) -%}
    select
      tables.name as identifier,
      tables.database as schema,
      if(any(tables.engine) like '%MergeTree', toNullable(max(parts.modification_time)), null) as last_modified,
      {{ current_timestamp() }} as snapshotted_at,
      any(tables.engine) as engine
    from system.tables as tables
    left join (
      select database, table, modification_time from system.parts where active and (database, table) in ({{ names | join(', ') }})
    ) as parts on parts.database = tables.database and parts.table = tables.name
    where (tables.database, tables.name) in ({{ names | join(', ') }})
    group by tables.database, tables.name
  {%- endcall -%}
  {{ return(load_result('last_modified')) }}
{%- endmacro %}
