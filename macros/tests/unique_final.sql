{#- As `unique`, on the rows a ReplacingMergeTree table has left once merged. Rows without a key are kept apart. -#}
{% test unique_final(model, column_name) %}
select {{ column_name }} as unique_field, count() as n_records
from {{ model }} final
where {{ column_name }} is not null
group by {{ column_name }}
having count() > 1
{% endtest %}
