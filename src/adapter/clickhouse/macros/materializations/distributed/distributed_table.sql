{% materialization distributed_table, adapter='clickhouse' %}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- do clickhouse__require_cluster(target_relation) -%}
  {%- do validate_projections() -%}

  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}

  {%- do clickhouse__build_pair(target_relation, sql) -%}
  {%- do clickhouse__finish_pair(target_relation, existing_relation, full_refresh_mode=True) -%}

  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {%- do adapter.commit() -%}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro clickhouse__finish_pair(target_relation, existing_relation, full_refresh_mode) %}
  {%- set revoke = should_revoke(existing_relation, full_refresh_mode) -%}
  {%- do apply_grants(clickhouse__local_relation(target_relation), config.get('grants'), should_revoke=revoke) -%}
  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=revoke) -%}
  {%- do persist_docs(target_relation, model) -%}
{% endmacro %}
