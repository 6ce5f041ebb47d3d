{#- All comments of a relation in one ALTER. -#}
{% macro clickhouse__persist_docs(relation, model, for_relation, for_columns) %}
  {%- set actions = [] -%}
  {%- if for_relation and config.persist_relation_docs() and model.description -%}
    {%- do actions.append('modify comment ' ~ clickhouse_escape_comment(model.description)) -%}
  {%- endif -%}
  {%- set described = model.columns.values() | selectattr('description') | list if for_columns and config.persist_column_docs() and model.columns else [] -%}
  {%- if described -%}
    {%- set existing = adapter.get_table_columns(relation) | map(attribute='name') | list -%}
    {%- for column in described if column.name in existing -%}
      {%- do actions.append('comment column ' ~ adapter.quote_identifier(column.name) ~ ' ' ~ clickhouse_escape_comment(column.description)) -%}
    {%- endfor -%}
  {%- endif -%}
  {%- if actions -%}
    {% do run_query(one_alter_relation(relation, actions | join(', '))) %}
  {%- endif -%}
{% endmacro %}

{% macro one_alter_relation(relation, alter_comments) -%}
  alter table {{ relation }} {{ on_cluster_clause(relation) }} {{ alter_comments }}
{%- endmacro %}

{% macro one_alter_column_comment(relation, column_name, comment) -%}
  alter table {{ relation }} {{ on_cluster_clause(relation) }} comment column {{ adapter.quote_identifier(column_name) }} {{ clickhouse_escape_comment(comment) }}
{%- endmacro %}

{% macro clickhouse__alter_relation_comment(relation, comment) -%}
  alter table {{ relation }} {{ on_cluster_clause(relation) }} modify comment {{ clickhouse_escape_comment(comment) }}
{%- endmacro %}

{#- A heredoc literal takes any text but its own label. -#}
{% macro clickhouse_escape_comment(comment) -%}
  {%- if comment is not string -%}
    {%- do exceptions.raise_compiler_error('cannot escape a non-string: ' ~ comment) -%}
  {%- endif -%}
  {%- set label = '$dbt_comment_literal_block$' -%}
  {%- if label in comment -%}
    {%- do exceptions.raise_compiler_error('The string ' ~ label ~ ' is not allowed in comments.') -%}
  {%- endif -%}
  {{ label ~ comment ~ label }}
{%- endmacro %}
