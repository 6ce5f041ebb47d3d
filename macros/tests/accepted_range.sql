{#-
  Values lie within [min_value, max_value]; NULL is left to not_null. A rate over nothing is infinite or NaN in this project (see percent_of): such rows
  fail unless `allow_not_finite` is set.
-#}
{% test accepted_range(model, column_name, min_value=none, max_value=none, allow_not_finite=false) %}
select {{ column_name }}
from {{ model }}
where {{ column_name }} is not null
  {%- if allow_not_finite %} and isFinite({{ column_name }}){% endif %}
  and not (
    {%- if min_value is not none %} {{ column_name }} >= {{ min_value }}{% endif -%}
    {%- if min_value is not none and max_value is not none %} and{% endif -%}
    {%- if max_value is not none %} {{ column_name }} <= {{ max_value }}{% endif -%}
  )
{% endtest %}
