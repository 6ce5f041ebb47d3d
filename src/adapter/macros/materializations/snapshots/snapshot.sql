{% materialization snapshot, default %}
  {%- set target_exists, target_relation = get_or_create_relation(
        database=model.database, schema=model.schema, identifier=model.get('alias', model.get('name')), type='table') -%}
  {%- if not target_relation.is_table -%}
    {%- do exceptions.relation_wrong_type(target_relation, 'table') -%}
  {%- endif -%}

  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}

  {%- set strategy = strategy_dispatch(config.get('strategy'))(model, 'snapshotted_data', 'source_data', model['config'], target_exists) -%}
  {%- set staging_relation = none -%}

  {%- if not target_exists -%}
    {%- set first_relation = make_staging_relation(target_relation) -%}
    {% call statement('main') %}
      {{ create_table_as(False, first_relation, build_snapshot_table(strategy, model['compiled_code'])) }}
    {% endcall %}
    {%- do replace_with(first_relation, target_relation, none) -%}
  {%- else -%}
    {%- do adapter.assert_valid_snapshot_target_given_strategy(target_relation, dbt.snapshot_meta_columns(), strategy) -%}
    {%- set staging_relation = build_snapshot_staging_table(strategy, sql, target_relation) -%}
    {%- do adapter.expand_target_column_types(from_relation=staging_relation, to_relation=target_relation) -%}
    {%- set helper_columns = ['dbt_change_type'] + dbt.snapshot_key_names(strategy.unique_key) -%}
    {%- set missing = adapter.get_missing_columns(staging_relation, target_relation) | rejectattr('name', 'in', helper_columns) | list -%}
    {%- do create_columns(target_relation, missing) -%}
    {%- set names = adapter.get_columns_in_relation(staging_relation) | rejectattr('name', 'in', helper_columns) | map(attribute='name') | list -%}
    {%- set quoted = [] -%}
    {%- for name in names -%}
      {%- do quoted.append(adapter.quote(name)) -%}
    {%- endfor -%}
    {#- An adapter may have done it all in statements of its own. -#}
    {%- set merge_sql = snapshot_merge_sql(target=target_relation, source=staging_relation, insert_cols=quoted) | trim -%}
    {%- if merge_sql -%}
      {% call statement('main') %}{{ merge_sql }}{% endcall %}
    {%- else -%}
      {% call noop_statement('main', 'OK') %}{{ sql }}{% endcall %}
    {%- endif -%}
  {%- endif -%}

  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(target_exists, full_refresh_mode=False)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- if not target_exists -%}
    {%- do create_indexes(target_relation) -%}
  {%- endif -%}

  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {%- do adapter.commit() -%}
  {%- if staging_relation is not none -%}
    {%- do post_snapshot(staging_relation) -%}
  {%- endif -%}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
