{% macro default__test_unique(model, column_name) %}

select
    {{ column_name }} as unique_field,
    count(*) as n_records

from {{ model }}
where {{ column_name }} is not null
group by {{ column_name }}
having count(*) > 1

{% endmacro %}


{#- Stored failures keep the whole row. -#}
{% macro default__test_not_null(model, column_name) %}

{% set kept = '*' if should_store_failures() else column_name %}

select {{ kept }}
from {{ model }}
where {{ column_name }} is null

{% endmacro %}


{% macro default__test_accepted_values(model, column_name, values, quote=True) %}
{%- set literals = [] -%}
{%- for value in values -%}
  {%- do literals.append("'" ~ value ~ "'" if quote else value | string) -%}
{%- endfor %}

with all_values as (

    select
        {{ column_name }} as value_field,
        count(*) as n_records

    from {{ model }}
    group by {{ column_name }}

)

select *
from all_values
where value_field not in (
    {{ literals | join(',') }}
)

{% endmacro %}


{% macro default__test_relationships(model, column_name, to, field) %}

with child as (
    select {{ column_name }} as from_field
    from {{ model }}
    where {{ column_name }} is not null
),

parent as (
    select {{ field }} as to_field
    from {{ to }}
)

select
    from_field

from child
left join parent
    on child.from_field = parent.to_field

where parent.to_field is null

{% endmacro %}
