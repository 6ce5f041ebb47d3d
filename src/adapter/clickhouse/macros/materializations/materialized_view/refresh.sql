{#- REFRESH … of a view that is filled by a schedule instead of by inserts; '' for others. -#}
{% macro refreshable_mv_clause() -%}
  {%- set wanted = config.get('refreshable') -%}
  {%- if wanted is none or wanted is false -%}
    {{ return('') }}
  {%- endif -%}
  {%- if wanted is not mapping -%}
    {%- do exceptions.raise_compiler_error("The 'refreshable' configuration must be defined as a dictionary. Please review the docs for more details.") -%}
  {%- endif -%}
  {%- if not wanted.get('interval') -%}
    {%- do exceptions.raise_compiler_error("The 'refreshable' configuration is defined, but 'interval' is missing. This is required to create a refreshable materialized view.") -%}
  {%- endif -%}
  {%- set parts = ['REFRESH ' ~ wanted.get('interval')] -%}
  {%- if wanted.get('randomize') -%}
    {%- do parts.append('RANDOMIZE FOR ' ~ wanted.get('randomize')) -%}
  {%- endif -%}
  {%- set parents = clickhouse__refresh_parents(wanted.get('depends_on')) -%}
  {%- if parents -%}
    {%- for parent in parents if wanted.get('depends_on_validation') -%}
      {%- do validate_refreshable_mv_existence(parent) -%}
    {%- endfor -%}
    {%- do parts.append('DEPENDS ON ' ~ (parents | join(', '))) -%}
  {%- endif -%}
  {%- if wanted.get('append') -%}
    {%- do parts.append('APPEND') -%}
  {%- endif -%}
  {{ return(parts | join(' ')) }}
{%- endmacro %}

{% macro clickhouse__refresh_parents(depends_on) %}
  {%- set names = [depends_on] if depends_on is string else (depends_on or []) -%}
  {%- if names is mapping or names | reject('string') | list -%}
    {%- do exceptions.raise_compiler_error("The 'depends_on' configuration must be either a string or a list of strings.") -%}
  {%- endif -%}
  {{ return(names) }}
{% endmacro %}

{% macro validate_refreshable_mv_existence(mv) %}
  {%- set parts = mv.split('.') -%}
  {%- set schema = parts[0] if parts | length == 2 else 'default' -%}
  {%- set found = run_query("select count() from system.view_refreshes where database = '" ~ clickhouse_escape_string(schema) ~ "' and view = '" ~ clickhouse_escape_string(parts[-1]) ~ "'") -%}
  {%- if found.columns[0].values()[0] == 0 -%}
    {%- do exceptions.raise_compiler_error('No existing MV found matching MV: ' ~ mv) -%}
  {%- endif -%}
{% endmacro %}

{#- The schedule can be changed in place; whether there is one, and APPEND, cannot. -#}
{% macro clickhouse__modify_mv_refresh(mv_relation, existing_relation, cluster_clause) %}
  {%- set wanted = config.get('refreshable') -%}
  {%- set refreshes = wanted is not none and wanted is not false -%}
  {%- set name = 'aterialized view "' ~ mv_relation.name ~ '"' -%}
  {%- if existing_relation.is_refreshable and not refreshes -%}
    {%- do exceptions.raise_compiler_error('M' ~ name ~ ' is refreshable, but the model does not define a "refreshable" config. A refreshable MV cannot be converted to a regular MV in place. If you want to change this MV to a regular MV, please run with --full-refresh.') -%}
  {%- elif refreshes and not existing_relation.is_refreshable -%}
    {%- do exceptions.raise_compiler_error('M' ~ name ~ ' is not refreshable, but the model defines a "refreshable" config. A regular MV cannot be converted to a refreshable MV in place. If you want to change this MV to be refreshable, please run with --full-refresh.') -%}
  {%- elif refreshes -%}
    {%- if (wanted.get('append') or false) != existing_relation.refreshable_append -%}
      {%- do exceptions.raise_compiler_error('The APPEND setting of m' ~ name ~ ' does not match the model config. APPEND cannot be changed via ALTER TABLE ... MODIFY REFRESH. If you want to change it, please run with --full-refresh.') -%}
    {%- endif -%}
    {% call statement('modify refresh of existing mv: ' ~ mv_relation.name) -%}
      alter table {{ mv_relation }} {{ cluster_clause }} modify {{ refreshable_mv_clause() }}
    {%- endcall %}
  {%- endif -%}
{% endmacro %}
