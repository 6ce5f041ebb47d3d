{#- Do grants of a replaced relation carry over? -#}
{% macro copy_grants() %}
  {{ return(adapter.dispatch('copy_grants', 'dbt')()) }}
{% endmacro %}

{% macro default__copy_grants() %}
  {{ return(True) }}
{% endmacro %}

{% macro support_multiple_grantees_per_dcl_statement() %}
  {{ return(adapter.dispatch('support_multiple_grantees_per_dcl_statement', 'dbt')()) }}
{% endmacro %}

{%- macro default__support_multiple_grantees_per_dcl_statement() -%}
  {{ return(True) }}
{%- endmacro -%}

{% macro should_revoke(existing_relation, full_refresh_mode=True) %}
  {%- if not existing_relation -%}
    {{ return(False) }}
  {%- endif -%}
  {{ return(copy_grants() if full_refresh_mode else True) }}
{% endmacro %}


{% macro get_show_grant_sql(relation) %}
  {{ return(adapter.dispatch('get_show_grant_sql', 'dbt')(relation)) }}
{% endmacro %}

{% macro default__get_show_grant_sql(relation) %}
  show grants on {{ relation.render() }}
{% endmacro %}

{% macro get_grant_sql(relation, privilege, grantees) %}
  {{ return(adapter.dispatch('get_grant_sql', 'dbt')(relation, privilege, grantees)) }}
{% endmacro %}

{%- macro default__get_grant_sql(relation, privilege, grantees) -%}
  grant {{ privilege }} on {{ relation.render() }} to {{ grantees | join(', ') }}
{%- endmacro -%}

{% macro get_revoke_sql(relation, privilege, grantees) %}
  {{ return(adapter.dispatch('get_revoke_sql', 'dbt')(relation, privilege, grantees)) }}
{% endmacro %}

{%- macro default__get_revoke_sql(relation, privilege, grantees) -%}
  revoke {{ privilege }} on {{ relation.render() }} from {{ grantees | join(', ') }}
{%- endmacro -%}


{#- One statement for each privilege, or for each privilege and grantee where the database wants it so. -#}
{% macro get_dcl_statement_list(relation, grant_config, get_dcl_macro) %}
  {{ return(adapter.dispatch('get_dcl_statement_list', 'dbt')(relation, grant_config, get_dcl_macro)) }}
{% endmacro %}

{%- macro default__get_dcl_statement_list(relation, grant_config, get_dcl_macro) -%}
  {%- set statements = [] -%}
  {%- for privilege, grantees in grant_config.items() if grantees -%}
    {%- set names = [grantees] if grantees is string else grantees -%}
    {%- if support_multiple_grantees_per_dcl_statement() -%}
      {%- do statements.append(get_dcl_macro(relation, privilege, names)) -%}
    {%- else -%}
      {%- for name in names -%}
        {%- do statements.append(get_dcl_macro(relation, privilege, [name])) -%}
      {%- endfor -%}
    {%- endif -%}
  {%- endfor -%}
  {{ return(statements) }}
{%- endmacro %}

{% macro call_dcl_statements(dcl_statement_list) %}
  {{ return(adapter.dispatch('call_dcl_statements', 'dbt')(dcl_statement_list)) }}
{% endmacro %}

{% macro default__call_dcl_statements(dcl_statement_list) %}
  {%- for dcl_statement in dcl_statement_list -%}
    {% call statement('grants') %}
      {{ dcl_statement }}
    {% endcall %}
  {%- endfor -%}
{% endmacro %}


{% macro apply_grants(relation, grant_config, should_revoke) %}
  {{ return(adapter.dispatch('apply_grants', 'dbt')(relation, grant_config, should_revoke)) }}
{% endmacro %}

{% macro default__apply_grants(relation, grant_config, should_revoke=True) %}
  {%- if grant_config -%}
    {%- set wanted = grant_config -%}
    {%- set surplus = {} -%}
    {%- if should_revoke -%}
      {%- set current = adapter.standardize_grants_dict(run_query(get_show_grant_sql(relation))) -%}
      {%- set wanted = diff_of_two_dicts(grant_config, current) -%}
      {%- set surplus = diff_of_two_dicts(current, grant_config) -%}
    {%- endif -%}
    {%- set statements = get_dcl_statement_list(relation, surplus, get_revoke_sql) + get_dcl_statement_list(relation, wanted, get_grant_sql) -%}
    {%- if statements -%}
      {{ call_dcl_statements(statements) }}
    {%- endif -%}
  {%- endif -%}
{% endmacro %}
