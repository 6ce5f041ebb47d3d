{% materialization seed, default %}
  {%- set existing_relation = adapter.get_relation(database=database, schema=schema, identifier=model['alias']) -%}
  {%- set full_refresh_mode = should_full_refresh() -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- if existing_relation is not none and not existing_relation.is_table -%}
    {%- do exceptions.raise_compiler_error("Cannot seed to '" ~ existing_relation.render() ~ "', it is a " ~ existing_relation.type) -%}
  {%- endif -%}

  {%- set agate_table = load_agate_table() -%}
  {%- do store_result('agate_table', response='OK', agate_table=agate_table) -%}

  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}

  {#- --empty: the rows gave the columns their types, and stay out. -#}
  {%- set rows = 0 if flags.EMPTY else agate_table.rows | length -%}
  {%- if existing_relation is not none and adapter.views_reading(existing_relation) -%}
    {#- Inserts into the seed itself are what fills the views; rows that come by an exchange they would not see. -#}
    {%- set create_sql = reset_csv_table(model, full_refresh_mode, existing_relation, agate_table) -%}
    {%- set insert_sql = load_csv_rows(model, agate_table) if rows > 0 else '' -%}
  {%- else -%}
    {%- set staging_relation = make_staging_relation(target_relation) -%}
    {%- set create_sql = create_csv_table(model, agate_table, staging_relation) -%}
    {%- set insert_sql = load_csv_rows(model, agate_table, staging_relation) if rows > 0 else '' -%}
    {%- do replace_with(staging_relation, target_relation, existing_relation) -%}
  {%- endif -%}

  {%- set code = 'CREATE' if full_refresh_mode else 'INSERT' -%}
  {% call noop_statement('main', code ~ ' ' ~ rows, code, rows) %}
    {{ get_csv_sql(create_sql, insert_sql) }};
  {% endcall %}

  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- do create_indexes(target_relation) -%}

  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {%- do adapter.commit() -%}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
