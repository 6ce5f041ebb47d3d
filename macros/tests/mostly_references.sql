{#- At least `share` of the rows with a `column_name` find it as `field` of `to`: for references that hold but for the strays every crawler leaves. -#}
{% test mostly_references(model, column_name, to, field, share=0.9) %}
select found / total as found_share
from (
  select
    count() as total,
    countIf(child.value in (select {{ field }} from {{ to }})) as found
  from (select {{ column_name }} as value from {{ model }} where {{ column_name }} is not null) as child
)
where total > 0 and found < {{ share }} * total
{% endtest %}
