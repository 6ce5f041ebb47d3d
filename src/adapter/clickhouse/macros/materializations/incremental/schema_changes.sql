{#- Columns of an existing table follow the query; one ALTER for each kind of change. -#}
{% macro clickhouse__apply_column_changes(column_changes, existing_relation, is_distributed=False) %}
  {{ log('Schema changes detected. Trying to apply the following changes: ' ~ column_changes) }}
  {%- set local_relation = clickhouse__local_relation(existing_relation) if is_distributed else none -%}
  {%- if column_changes.on_schema_change == 'sync_all_columns' -%}
    {%- do clickhouse__drop_columns(column_changes.columns_to_drop, existing_relation, local_relation, is_distributed) -%}
  {%- endif -%}
  {%- if column_changes.on_schema_change in ['append_new_columns', 'sync_all_columns'] -%}
    {%- do clickhouse__add_columns(column_changes.columns_to_add, existing_relation, local_relation, is_distributed) -%}
  {%- endif -%}
  {%- if column_changes.on_schema_change == 'sync_all_columns' -%}
    {%- do clickhouse__modify_columns(column_changes.columns_to_modify, existing_relation, local_relation, is_distributed) -%}
  {%- endif -%}
{% endmacro %}

{#- Columns that the table fills by itself follow the YAML; one that is no longer described stays. -#}
{% macro clickhouse__apply_computed_columns(existing_relation, on_schema_change) %}
  {%- if adapter.has_computed_columns(model['columns']) -%}
    {%- set changes = adapter.computed_column_changes(existing_relation, model['columns']) -%}
    {%- if on_schema_change == 'fail' and (changes.add or changes.modify) -%}
      {%- do exceptions.raise_compiler_error('Columns of ' ~ existing_relation ~ ' are not what the model describes: ' ~ (changes.add + changes.modify) | join(', ') ~ '. Run with --full-refresh, or set on_schema_change to append_new_columns or sync_all_columns.') -%}
    {%- endif -%}
    {%- set actions = [] -%}
    {%- for definition in changes.add -%}
      {%- do actions.append('add column if not exists ' ~ definition) -%}
    {%- endfor -%}
    {%- for definition in changes.modify if on_schema_change == 'sync_all_columns' -%}
      {%- do actions.append('modify column ' ~ definition) -%}
    {%- endfor -%}
    {%- do clickhouse__run_alter_table_command(actions | join(', '), existing_relation) -%}
  {%- endif -%}
{% endmacro %}

{% macro clickhouse__add_columns(columns, existing_relation, existing_local=none, is_distributed=False) %}
  {%- set actions = [] -%}
  {%- for column in columns -%}
    {%- set codec = model['columns'][column.name].get('codec') if column.name in model['columns'] else none -%}
    {%- do actions.append(('add column if not exists ' ~ adapter.quote_identifier(column.name) ~ ' ' ~ column.data_type ~ ' ' ~ codec_clause(codec)) | trim) -%}
  {%- endfor -%}
  {%- do clickhouse__run_alter_table_command(actions | join(', '), existing_relation, existing_local, is_distributed) -%}
{% endmacro %}

{% macro clickhouse__drop_columns(columns, existing_relation, existing_local=none, is_distributed=False) %}
  {%- set actions = [] -%}
  {%- for column in columns -%}
    {%- do actions.append('drop column if exists ' ~ adapter.quote_identifier(column.name)) -%}
  {%- endfor -%}
  {%- do clickhouse__run_alter_table_command(actions | join(', '), existing_relation, existing_local, is_distributed) -%}
{% endmacro %}

{% macro clickhouse__modify_columns(columns, existing_relation, existing_local=none, is_distributed=False) %}
  {%- set actions = [] -%}
  {%- for column in columns -%}
    {%- do actions.append('modify column if exists ' ~ adapter.quote_identifier(column.name) ~ ' ' ~ column.data_type) -%}
  {%- endfor -%}
  {%- do clickhouse__run_alter_table_command(actions | join(', '), existing_relation, existing_local, is_distributed) -%}
{% endmacro %}

{% macro clickhouse__run_alter_table_command(alter_action, existing_relation, existing_local=none, is_distributed=False) %}
  {%- if alter_action -%}
    {%- for relation in ([existing_local] if is_distributed else []) + [existing_relation] -%}
      {% call statement('alter_table') -%}
        alter table {{ relation }} {{ on_cluster_clause(existing_relation) }} {{ alter_action }}
      {%- endcall %}
    {%- endfor -%}
  {%- endif -%}
{% endmacro %}
