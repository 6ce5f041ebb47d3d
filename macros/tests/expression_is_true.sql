{#- The expression holds in every row; a NULL does not count as a breach. -#}
{% test expression_is_true(model, expression) %}
select *
from {{ model }}
where not ({{ expression }})
{% endtest %}
