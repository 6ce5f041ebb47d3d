{% macro clickhouse__create_schema(relation) -%}
  {%- call statement('create_schema') -%}
    create database if not exists {{ relation.without_identifier() }} {{ on_cluster_clause(relation.without_identifier()) }} {{ adapter.clickhouse_db_engine_clause() }}
  {%- endcall %}
{% endmacro %}

{% macro clickhouse__drop_schema(relation) -%}
  {%- call statement('drop_schema') -%}
    drop database if exists {{ relation.without_identifier() }} {{ on_cluster_clause(relation.without_identifier()) }}
  {%- endcall -%}
{% endmacro %}

{% macro clickhouse__drop_relation(relation, obj_type=none) -%}
  {%- set kind = obj_type or ('dictionary' if relation.type == 'dictionary' else 'table') -%}
  {% call statement('drop_relation', auto_begin=False) -%}
    drop {{ kind }} if exists {{ relation }} {{ on_cluster_clause(relation, True) }}
  {%- endcall %}
{% endmacro %}

{% macro clickhouse__rename_relation(from_relation, to_relation, obj_type='table') -%}
  {%- if load_cached_relation(to_relation) is not none -%}
    {% call statement('drop_relation') -%}
      drop {{ obj_type }} if exists {{ to_relation }} {{ on_cluster_clause(to_relation) }}
    {%- endcall %}
  {%- endif -%}
  {% call statement('rename_relation') -%}
    rename {{ obj_type }} {{ from_relation }} to {{ to_relation }} {{ on_cluster_clause(from_relation) }}
  {%- endcall %}
{% endmacro %}

{% macro clickhouse__truncate_relation(relation) -%}
  {% call statement('truncate_relation') -%}
    truncate table {{ relation }} {{ on_cluster_clause(relation) }}
  {%- endcall %}
{% endmacro %}

{% macro clickhouse__make_temp_relation(base_relation, suffix) %}
  {{ return(base_relation.incorporate(path={'identifier': base_relation.identifier ~ suffix, 'schema': base_relation.schema})) }}
{% endmacro %}

{% macro clickhouse__generate_database_name(custom_database_name=none, node=none) -%}
  {{ return('') }}
{%- endmacro %}

{% macro clickhouse__alter_column_type(relation, column_name, new_column_type) -%}
  {% call statement('alter_column_type') -%}
    alter table {{ relation }} {{ on_cluster_clause(relation) }} modify column {{ adapter.quote(column_name) }} {{ new_column_type }}
  {%- endcall %}
{% endmacro %}

{% macro clickhouse__get_or_create_relation(database, schema, identifier, type) %}
  {%- set found = adapter.get_relation(database=database, schema=schema, identifier=identifier) -%}
  {%- if found -%}
    {% do return([true, found]) %}
  {%- endif -%}
  {% do return([false, api.Relation.create(
      database=None, schema=schema, identifier=identifier, type=type,
      can_exchange=adapter.can_exchange(schema, type),
      can_on_cluster=adapter.should_on_cluster(config.get('materialized'), engine_clause()))]) %}
{% endmacro %}

{#- Empty without a cluster, for relations that are not made on it, and for models that say so; schemas always are. -#}
{% macro on_cluster_clause(relation, force_sync=False) -%}
  {%- set cluster = adapter.get_clickhouse_cluster_name() -%}
  {%- if cluster is not none and relation.should_on_cluster and not (relation.identifier and config.get('disable_on_cluster')) -%}
    ON CLUSTER {{ cluster ~ ' ' }}{{ 'SYNC' if force_sync }}
  {%- endif -%}
{%- endmacro -%}
