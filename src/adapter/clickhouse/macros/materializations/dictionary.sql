{%- materialization dictionary, adapter='clickhouse' -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='dictionary') -%}

  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}

  {%- if existing_relation is not none and existing_relation.type != 'dictionary' -%}
    {%- do adapter.drop_relation(existing_relation) -%}
  {%- endif -%}
  {% call statement('main') -%}
    {{ clickhouse__get_create_dictionary_as_sql(target_relation, on_cluster_clause(target_relation), sql) }}
  {%- endcall %}
  {%- do adapter.cache_added(target_relation) -%}

  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) -%}
  {%- do persist_docs(target_relation, model) -%}

  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {%- do adapter.commit() -%}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{%- endmaterialization -%}


{% macro clickhouse__get_create_dictionary_as_sql(relation, cluster_clause, sql) -%}
  {%- set fields = [] -%}
  {%- for field in config.get('fields') or [] -%}
    {%- do fields.append(field[0] ~ ' ' ~ field[1]) -%}
  {%- endfor -%}
  CREATE OR REPLACE DICTIONARY {{ relation }} {{ cluster_clause }}
  ({{ fields | join(',') }})
  {{ primary_key_clause(label='primary key') }}
  SOURCE({{ (http_source() if config.get('source_type') == 'http' else clickhouse_source(sql)) | trim }})
  LAYOUT({{ config.get('layout') }})
  {%- if config.get('lifetime') %}
  LIFETIME({{ config.get('lifetime') }})
  {%- endif %}
  {%- if config.get('range') %}
  RANGE({{ config.get('range') }})
  {%- endif %}
{%- endmacro %}

{% macro http_source() -%}
  HTTP(URL '{{ config.get('url') }}' FORMAT '{{ config.get('format') }}')
{%- endmacro %}

{#- The dictionary connects back to this server: as the profile's user unless connection_overrides say otherwise. -#}
{% macro clickhouse_source(sql) -%}
  {%- set credentials = adapter.get_credentials(config.get('connection_overrides', {})) -%}
  {%- set parts = [] -%}
  {%- for key, label in [('user', 'user'), ('password', 'password'), ('database', 'db')] if credentials.get(key) -%}
    {%- do parts.append(label ~ " '" ~ credentials.get(key) ~ "'") -%}
  {%- endfor -%}
  {%- if config.get('table') -%}
    {%- do parts.append("table '" ~ config.get('table') ~ "'") -%}
  {%- else -%}
    {%- do parts.append('query "' ~ (sql | replace('\\', '\\\\') | replace('"', '\\"')) ~ '"') -%}
  {%- endif -%}
  {%- if config.get('update_field') -%}
    {%- do parts.append("update_field '" ~ config.get('update_field') ~ "'") -%}
  {%- endif -%}
  {%- if config.get('update_lag') is not none -%}
    {%- do parts.append('update_lag ' ~ config.get('update_lag')) -%}
  {%- endif -%}
  CLICKHOUSE({{ parts | join(' ') }})
{%- endmacro %}

{% macro drop_dictionary_if_exists(relation, cluster_clause) %}
  {%- do adapter.drop_relation(relation) -%}
{% endmacro %}
