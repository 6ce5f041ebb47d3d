{#- The columns together are a key: no two rows agree in all of them. -#}
{% test unique_combination(model, columns) %}
select {{ columns | join(', ') }}, count() as n_records
from {{ model }}
group by {{ columns | join(', ') }}
having count() > 1
{% endtest %}
