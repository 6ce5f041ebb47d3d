{#- Parts of a materialized view under dbt-clickhouse's names, for materializations of a project's own that are put together from them. -#}
{% macro clickhouse__extract_mv_views(sql) %}
  {{ return(adapter.split_views(sql)) }}
{% endmacro %}

{% macro strip_identifier_quotes(ident) -%}
  {%- set name = ident.strip() -%}
  {{- name[1:-1] if name | length > 1 and name[0] == name[-1] and name[0] in ['`', '"', "'"] else name -}}
{%- endmacro %}

{#- The relation a text like `schema`.`name` stands for; none where it does not exist. -#}
{% macro get_relation_from_string(relation_string) %}
  {%- set parts = relation_string.split('.') -%}
  {%- if parts | length < 2 -%}
    {%- do exceptions.raise_compiler_error('Invalid relation string "' ~ relation_string ~ '". Expected format: schema.table') -%}
  {%- endif -%}
  {{ return(adapter.get_relation(database='', schema=strip_identifier_quotes(parts[0]), identifier=strip_identifier_quotes(parts[1]))) }}
{% endmacro %}

{#- `schema.name` of the table a view writes into, none where there is no such view. -#}
{% macro clickhouse__get_mv_current_target(mv_relation) %}
  {%- set view = load_cached_relation(mv_relation) -%}
  {{ return(view.writes_into if view is not none else none) }}
{% endmacro %}

{#- (names of the views that write into a table, names of the views its model would have) -#}
{% macro clickhouse__search_associated_mvs_to_target(relation_schema, relation_name, mv_suffixes) -%}
  {%- set expected = [] -%}
  {%- for suffix in mv_suffixes.keys() -%}
    {%- do expected.append(relation_name ~ '_' ~ suffix) -%}
  {%- endfor -%}
  {%- set target = adapter.get_relation(database='', schema=relation_schema, identifier=relation_name) -%}
  {{ return((target.mvs_pointing_to_it | map(attribute='name') | list if target is not none else [], expected)) }}
{%- endmacro %}


{#- The table alone, with the rows of the query or empty. -#}
{% macro clickhouse__create_target_table(relation, sql, catchup=True) -%}
  {%- if catchup -%}
    {% call statement('main') %}
      {{ get_create_table_as_sql(False, relation, sql) }}
    {% endcall %}
  {%- else -%}
    {%- do clickhouse__create_empty_table(False, relation, sql, config.get('contract').enforced, statement_name='main') -%}
  {%- endif -%}
{%- endmacro %}

{% macro clickhouse__get_create_materialized_view_as_sql(relation, sql, views, catchup=True) -%}
  {%- do clickhouse__create_target_table(relation, sql, catchup) -%}
  {%- do clickhouse__create_mvs(relation, on_cluster_clause(relation), refreshable_mv_clause(), views) -%}
{%- endmacro %}

{% macro clickhouse__drop_mvs_by_suffixes(target_relation, cluster_clause, views_suffixes) -%}
  {%- for suffix in views_suffixes.keys() -%}
    {%- do clickhouse__drop_mv(target_relation.derivative('_' ~ suffix, 'materialized_view'), cluster_clause) -%}
  {%- endfor -%}
{%- endmacro %}

{% macro clickhouse__drop_mvs_by_names(target_relation, cluster_clause, mvs_names) -%}
  {%- for name in mvs_names -%}
    {%- do clickhouse__drop_mv(target_relation.derivative(name, 'materialized_view', interpret_suffix_as_full_identifier=True), cluster_clause) -%}
  {%- endfor -%}
{%- endmacro %}

{% macro clickhouse__update_mvs(target_relation, cluster_clause, refreshable_clause, views) -%}
  {%- for suffix, view_sql in views.items() -%}
    {%- do clickhouse__update_mv(target_relation.derivative('_' ~ suffix, 'materialized_view'), target_relation, cluster_clause, refreshable_clause, view_sql) -%}
  {%- endfor -%}
{%- endmacro %}

{#- Where tables cannot be exchanged: the views go, the new table is made and takes the old one's name, the views come. -#}
{% macro clickhouse__replace_mv(target_relation, existing_relation, intermediate_relation, backup_relation, sql, views, catchup=True) %}
  {%- set cluster_clause = on_cluster_clause(target_relation) -%}
  {%- do clickhouse__drop_mvs_by_suffixes(target_relation, cluster_clause, views) -%}
  {%- do clickhouse__create_target_table(intermediate_relation, sql, catchup) -%}
  {%- do adapter.rename_relation(existing_relation, backup_relation) -%}
  {%- do adapter.rename_relation(intermediate_relation, target_relation) -%}
  {%- do clickhouse__create_mvs(target_relation, cluster_clause, refreshable_mv_clause(), views) -%}
{% endmacro %}
