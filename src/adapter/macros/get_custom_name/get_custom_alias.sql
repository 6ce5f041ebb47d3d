{#- The name of a node's relation: the alias, else the file's name, with a suffix for a versioned model. -#}
{% macro generate_alias_name(custom_alias_name=none, node=none) -%}
    {% do return(adapter.dispatch('generate_alias_name', 'dbt')(custom_alias_name, node)) %}
{%- endmacro %}

{% macro default__generate_alias_name(custom_alias_name=none, node=none) -%}
    {%- if custom_alias_name -%}
        {{ return(custom_alias_name | trim) }}
    {%- elif node.version -%}
        {{ return(node.name ~ '_v' ~ (node.version | replace('.', '_'))) }}
    {%- endif -%}
    {{ return(node.name) }}
{%- endmacro %}

{#- The unversioned name under which the latest version of a model can be read. -#}
{% macro generate_latest_version_pointer_alias(custom_alias_name=none, node=none) -%}
    {% do return(adapter.dispatch('generate_latest_version_pointer_alias', 'dbt')(custom_alias_name, node)) %}
{%- endmacro %}

{% macro default__generate_latest_version_pointer_alias(custom_alias_name=none, node=none) -%}
    {{ return((custom_alias_name | trim) if custom_alias_name else node.name) }}
{%- endmacro %}
