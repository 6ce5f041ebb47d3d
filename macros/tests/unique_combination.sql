{#- The columns together are a key: no two rows agree in all of them. `final` reads a ReplacingMergeTree table as merged. -#}
{% test unique_combination(model, columns, final=false) %}
select {{ columns | join(', ') }}, count() as n_records
from {{ model }}{{ ' final' if final }}
group by {{ columns | join(', ') }}
having count() > 1
{% endtest %}
