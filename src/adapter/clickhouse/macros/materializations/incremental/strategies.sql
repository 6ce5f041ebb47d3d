{#- Adds the query's rows by position, or by name where the columns were compared: one may have been added in the middle. -#}
{% macro clickhouse__incremental_append(existing_relation, sql, changes) %}
  {%- set has_contract = config.get('contract').enforced -%}
  {% call statement('main') -%}
    {%- if changes is not none and not has_contract -%}
      insert into {{ existing_relation }} ({{ get_quoted_csv(changes.query_columns | map(attribute='name') | list) }}){{ clickhouse__insert_settings() }}
      {{ sql }}
      {{ adapter.get_model_query_settings(model) }}
    {%- else -%}
      {{ clickhouse__insert_into(existing_relation, sql, has_contract, use_columns_from_sql='by position') }}
    {%- endif -%}
  {%- endcall %}
{% endmacro %}


{#-
  The default: makes `intermediate_relation` of the new rows and of the old rows whose keys are not among them, to take the place of the
  old table. Engines that merge rows of one sorting key keep the row inserted last, so there the old rows must come first.
-#}
{% macro clickhouse__incremental_legacy(existing_relation, intermediate_relation, column_changes, unique_key, is_distributed=False) %}
  {%- if column_changes -%}
    {%- set kept = column_changes.kept_columns | map(attribute='quoted') | join(', ') -%}
  {%- else -%}
    {%- set kept = adapter.get_writable_columns(existing_relation) | map(attribute='quoted') | join(', ') -%}
  {%- endif -%}
  {%- if clickhouse__merges_rows_of_other_keys(unique_key) -%}
    {%- do clickhouse__legacy_old_rows_first(existing_relation, intermediate_relation, sql, unique_key, kept) -%}
  {%- else -%}
    {% call statement('main') -%}
      {{ get_create_table_as_sql(False, intermediate_relation, sql) }}
    {%- endcall %}
    {%- do clickhouse__insert_untouched_rows(existing_relation, intermediate_relation, intermediate_relation, unique_key, kept) -%}
  {%- endif -%}
{% endmacro %}

{% macro clickhouse__legacy_old_rows_first(existing_relation, staging_relation, sql, unique_key, kept) %}
  {%- set new_data_relation = make_staging_relation(existing_relation, '__dbt_new_data') -%}
  {% call statement('main') -%}
    {{ get_create_table_as_sql(False, new_data_relation, sql) }}
  {%- endcall %}
  {%- do clickhouse__create_empty_table(False, staging_relation, 'select * from ' ~ new_data_relation, False) -%}
  {%- do clickhouse__insert_untouched_rows(existing_relation, staging_relation, new_data_relation, unique_key, kept) -%}
  {% call statement('insert_new_data') -%}
    insert into {{ staging_relation }} select * from {{ new_data_relation }} {{ adapter.get_model_query_settings(model) }}
  {%- endcall %}
  {%- do adapter.drop_relation(new_data_relation) -%}
{% endmacro %}

{% macro clickhouse__insert_untouched_rows(from_relation, into_relation, new_keys_relation, unique_key, columns) %}
  {% call statement('insert_existing_data') -%}
    insert into {{ into_relation }} ({{ columns }}){{ clickhouse__insert_settings() }}
    select {{ columns }}
    from {{ from_relation }}
    where ({{ unique_key }}) {{ 'global ' if config.get('materialized').startswith('distributed_') }}not in (select {{ unique_key }} from {{ new_keys_relation }})
    {{ adapter.get_model_query_settings(model) }}
  {%- endcall %}
{% endmacro %}

{#- True where rows with different unique keys may share a sorting key and the engine would merge them. -#}
{% macro clickhouse__merges_rows_of_other_keys(unique_key) %}
  {%- set engine = config.get('engine', default='MergeTree()') -%}
  {%- if not ['Replacing', 'Summing', 'Aggregating', 'Collapsing', 'Coalescing', 'Graphite'] | select('in', engine) | list -%}
    {{ return(False) }}
  {%- endif -%}
  {%- set order_by = config.get('order_by') or '' -%}
  {%- set sorting = (order_by if order_by is string else order_by | join(',')) | replace('(', '') | replace(')', '') -%}
  {{ return(sorting.split(',') | map('trim') | sort | list != unique_key.split(',') | map('trim') | sort | list) }}
{% endmacro %}


{#-
  Rows with the keys of the new data go, then the new data comes. By then the table has the query's columns. Where it can be, both happen
  in a clone that then takes the table's place: a run that ends in between would otherwise leave a table without the rows it deleted.
-#}
{% macro clickhouse__incremental_delete_insert(existing_relation, unique_key, incremental_predicates, is_distributed=False) %}
  {%- if is_distributed -%}
    {{ return(clickhouse__distributed_delete_insert(existing_relation, clickhouse__local_relation(existing_relation), sql, unique_key, incremental_predicates or [])) }}
  {%- endif -%}
  {%- set new_data_relation = make_staging_relation(existing_relation, '__dbt_new_data') -%}
  {% call statement('main') -%}
    {{ get_create_table_as_sql(False, new_data_relation, sql) }}
  {%- endcall %}
  {#- The mutation may run on a replica that has not fetched the new data yet (dbt-clickhouse #740). -#}
  {%- do clickhouse__sync_replicas(new_data_relation) -%}
  {%- set columns = adapter.get_writable_columns(existing_relation) | map(attribute='quoted') | join(', ') -%}
  {%- set updated_relation = existing_relation -%}
  {%- if clickhouse__can_update_beside(existing_relation) -%}
    {%- set updated_relation = make_staging_relation(existing_relation, '__dbt_updated') -%}
    {% call statement('clone_existing_data') -%}
      create table {{ updated_relation }} clone as {{ existing_relation }}
    {%- endcall %}
  {%- endif -%}
  {% call statement('delete_existing_data') -%}
    delete from {{ updated_relation }}
    where ({{ unique_key }}) in (
      select {{ unique_key }} from {{ new_data_relation }}
      {{- ' settings select_sequential_consistency = 1' if target.database_engine == 'Shared' }}
    )
    {%- for predicate in incremental_predicates or [] %}
    and {{ predicate }}
    {%- endfor %}
    {{ adapter.get_model_query_settings(model) }}
  {%- endcall %}
  {% call statement('insert_new_data') -%}
    insert into {{ updated_relation }} ({{ columns }})
    select {{ columns }} from {{ new_data_relation }} {{ adapter.get_model_query_settings(model) }}
  {%- endcall %}
  {%- if updated_relation != existing_relation -%}
    {%- do replace_with(updated_relation, existing_relation, existing_relation) -%}
  {%- endif -%}
  {%- do adapter.drop_relation(new_data_relation) -%}
{% endmacro %}

{#-
  True where a clone (its parts are links, no row is copied) may take the table's place. Not where others insert meanwhile: materialized
  views that write into it, batches side by side; nor where inserts must reach the views that read it; nor over several servers.
-#}
{% macro clickhouse__can_update_beside(relation) %}
  {{ return(clickhouse__can_clone_table()
      and not clickhouse__is_replicated()
      and adapter.can_create_and_fill(relation)
      and adapter.can_exchange(relation.schema, 'table')
      and adapter.is_at_or_after_version('24.11')
      and not relation.feeds_views
      and not relation.mvs_pointing_to_it
      and not adapter.views_reading(relation)
      and not (model.batch and config.get('concurrent_batches'))) }}
{% endmacro %}


{#- Partitions that have new rows are replaced whole, all in one ALTER. -#}
{% macro clickhouse__incremental_insert_overwrite(existing_relation, partition_by, is_distributed=False) %}
  {%- if is_distributed -%}
    {{ return(clickhouse__distributed_insert_overwrite(existing_relation, clickhouse__local_relation(existing_relation), sql)) }}
  {%- endif -%}
  {%- set new_data_relation = make_staging_relation(existing_relation, '__dbt_new_data') -%}
  {% call statement('main') -%}
    {{ get_create_table_as_sql(False, new_data_relation, sql) }}
  {%- endcall %}
  {#- The parts must be known where the ALTER runs, or nothing would replace something (dbt-clickhouse #418). -#}
  {%- do clickhouse__sync_replicas(new_data_relation) -%}
  {%- set partitions = run_query("select distinct partition_id from system.parts where active"
        ~ " and database = '" ~ clickhouse_escape_string(new_data_relation.schema) ~ "'"
        ~ " and table = '" ~ clickhouse_escape_string(new_data_relation.identifier) ~ "'").columns[0].values() -%}
  {%- if partitions -%}
    {%- set actions = [] -%}
    {%- for partition in partitions -%}
      {%- do actions.append("replace partition id '" ~ partition ~ "' from " ~ new_data_relation) -%}
    {%- endfor -%}
    {% call statement('replace_partitions') -%}
      alter table {{ existing_relation }} {{ actions | join(', ') }}
    {%- endcall %}
  {%- elif clickhouse__is_replicated() and run_query('select 1 from ' ~ new_data_relation ~ ' limit 1').rows -%}
    {%- do exceptions.raise_compiler_error('The replica that was asked has no part of ' ~ new_data_relation ~ ' yet, though it has rows. Nothing was replaced; run the model again.') -%}
  {%- endif -%}
  {%- do adapter.drop_relation(new_data_relation) -%}
{% endmacro %}


{% macro clickhouse__is_replicated() %}
  {{ return('Replicated' in config.get('engine', default='MergeTree()')) }}
{% endmacro %}

{% macro clickhouse__sync_replicas(relation) %}
  {%- if clickhouse__is_replicated() and adapter.get_clickhouse_cluster_name() is not none -%}
    {% call statement('sync_replica') -%}
      SYSTEM SYNC REPLICA {{ on_cluster_clause(relation) }} {{ relation }}
    {%- endcall %}
  {%- endif -%}
{% endmacro %}
