{% macro clickhouse__drop_mv(mv_relation, cluster_clause) -%}
  {% call statement('drop existing mv: ' ~ mv_relation.name) -%}
    drop view if exists {{ mv_relation }} {{ cluster_clause }}
  {%- endcall %}
  {%- do adapter.cache_dropped(mv_relation) -%}
{%- endmacro %}

{% macro clickhouse__create_mv(mv_relation, target_relation, cluster_clause, refreshable_clause, view_sql, is_main_statement=False, to_stay=True) -%}
  {% call statement('main' if is_main_statement else 'create mv: ' ~ mv_relation.name) -%}
    create materialized view if not exists {{ mv_relation }} {{ cluster_clause }}
    {{ refreshable_clause }}
    to {{ target_relation }}
    as {{ view_sql }}
  {%- endcall %}
  {%- if to_stay -%}
    {%- do adapter.cache_added(mv_relation) -%}
  {%- endif -%}
{%- endmacro %}

{% macro clickhouse__create_mvs(target_relation, cluster_clause, refreshable_clause, views) -%}
  {%- for suffix, view_sql in views.items() -%}
    {%- do clickhouse__create_mv(target_relation.derivative('_' ~ suffix, 'materialized_view'), target_relation, cluster_clause, refreshable_clause, view_sql) -%}
  {%- endfor -%}
{%- endmacro %}

{% macro clickhouse__modify_mv(mv_relation, cluster_clause, view_sql, is_main_statement=False) -%}
  {% call statement('main' if is_main_statement else 'modify existing mv: ' ~ mv_relation.name) -%}
    alter table {{ mv_relation }} {{ cluster_clause }} modify query {{ view_sql }}
  {%- endcall %}
{%- endmacro %}

{% macro clickhouse__update_mv(mv_relation, target_relation, cluster_clause, refreshable_clause, view_sql) -%}
  {%- set existing_relation = load_cached_relation(mv_relation) -%}
  {%- if existing_relation is none -%}
    {%- do clickhouse__create_mv(mv_relation, target_relation, cluster_clause, refreshable_clause, view_sql) -%}
  {%- else -%}
    {%- do clickhouse__modify_mv_refresh(mv_relation, existing_relation, cluster_clause) -%}
    {%- do clickhouse__modify_mv(mv_relation, cluster_clause, view_sql) -%}
  {%- endif -%}
{%- endmacro %}
