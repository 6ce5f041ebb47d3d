{#- The schema of a node: the target's, with the node's custom schema appended. Projects override this. -#}
{% macro generate_schema_name(custom_schema_name=none, node=none) -%}
    {{ return(adapter.dispatch('generate_schema_name', 'dbt')(custom_schema_name, node)) }}
{% endmacro %}

{% macro default__generate_schema_name(custom_schema_name, node) -%}
    {{ return(target.schema if custom_schema_name is none else target.schema ~ '_' ~ (custom_schema_name | trim)) }}
{%- endmacro %}

{#- A ready alternative for projects: custom schemas as they are, and only in the target named prod. -#}
{% macro generate_schema_name_for_env(custom_schema_name, node) -%}
    {%- if target.name == 'prod' and custom_schema_name is not none -%}
        {{ custom_schema_name | trim }}
    {%- else -%}
        {{ target.schema }}
    {%- endif -%}
{%- endmacro %}
