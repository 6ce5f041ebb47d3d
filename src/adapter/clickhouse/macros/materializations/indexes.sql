{% macro clickhouse__has_indexes_or_projections() %}
  {{ return(((config.get('projections') or []) + (config.get('indexes') or [])) | length > 0) }}
{% endmacro %}

{#- One ALTER for all of them, before the first row, so that replicas have one change to catch up with. -#}
{% macro add_index_and_projections(relation) %}
  {%- set actions = [] -%}
  {%- for projection in config.get('projections') or [] -%}
    {%- do actions.append('add ' ~ clickhouse_projection_ddl(projection)) -%}
  {%- endfor -%}
  {%- for index in config.get('indexes') or [] -%}
    {%- do actions.append('add index ' ~ index.get('name') ~ ' ' ~ index.get('definition')) -%}
  {%- endfor -%}
  {%- if actions -%}
    {% call statement('add_projections_and_indexes') -%}
      alter table {{ relation }} {{ on_cluster_clause(relation) }} {{ actions | join(', ') }}
    {%- endcall %}
  {%- endif -%}
{% endmacro %}

{% macro validate_projection(projection) -%}
  {%- if projection.get('query') and projection.get('index') -%}
    {%- do exceptions.raise_compiler_error("Projection '" ~ projection.get('name') ~ "' cannot specify both 'query' and 'index'.") -%}
  {%- elif not (projection.get('query') or projection.get('index')) -%}
    {%- do exceptions.raise_compiler_error("Projection '" ~ projection.get('name') ~ "' must specify either 'query' or 'index'.") -%}
  {%- endif -%}
{%- endmacro %}

{% macro validate_projections() -%}
  {%- for projection in config.get('projections') or [] -%}
    {%- do validate_projection(projection) -%}
  {%- endfor -%}
{%- endmacro %}

{#- An index projection has its own syntax from 26.1 on; before, it is a projection of part offsets. -#}
{% macro clickhouse_projection_ddl(projection) -%}
  {%- do validate_projection(projection) -%}
  {%- set name = projection.get('name') -%}
  {%- set columns = projection.get('index') -%}
  {%- if projection.get('query') -%}
    {{ return('projection ' ~ name ~ ' (' ~ projection.get('query') ~ ')') }}
  {%- endif -%}
  {%- set columns = [columns] if columns is string else columns -%}
  {%- set joined = columns | join(', ') -%}
  {%- if adapter.is_before_version('26.1.1.1') -%}
    {{ return('projection ' ~ name ~ ' (select _part_offset order by ' ~ joined ~ ')') }}
  {%- endif -%}
  {{ return('projection ' ~ name ~ ' index ' ~ ('(' ~ joined ~ ')' if columns | length > 1 else joined) ~ ' type basic') }}
{%- endmacro %}
