{#- The class of an account by its size; the lower bound belongs to the class. -#}
{% macro follower_group(followers) -%}
  toLowCardinality(multiIf(
        {{ followers }} is null, 'MISSING',
        {{ followers }} < 5000, '0-5k',
        {{ followers }} < 10000, '5k-10k',
        {{ followers }} < 50000, '10k-50k',
        {{ followers }} < 100000, '50k-100k',
        {{ followers }} < 500000, '100k-500k',
        {{ followers }} < 1000000, '500k-1M',
        '1M+'))
{%- endmacro %}

{#-
  Growth in percent over `days`, an aggregate over an account's weeks: the newest value against the newest one dated before the start of this week
  less `days`. NULL where the account was not known then, infinite where it had none.
-#}
{% macro growth_over(days, value, date) -%}
  100 * (argMax({{ value }}, {{ date }}) - argMaxIf({{ value }}, {{ date }}, {{ date }} < toMonday({{ stir_now() }}) - {{ days }}))
        / argMaxIf({{ value }}, {{ date }}, {{ date }} < toMonday({{ stir_now() }}) - {{ days }})
{%- endmacro %}

{#- Select list: growth of `followers` over a week, a month and a quarter, from an account's weeks. -#}
{% macro growth_windows() -%}
  {%- for days in [7, 30, 90] %}
        {{ growth_over(days, 'followers', 'date') }} as followers_growth{{ days }}d{{ ',' if not loop.last }}
  {%- endfor %}
{%- endmacro %}

{#- Place by `value` among the rows that agree in `columns`, the greatest first; NULL where the value is not known. -#}
{% macro rank_among(value, columns) -%}
  if(isNull({{ value }}), null, toNullable(rank() over (partition by {{ columns | join(', ') }} order by {{ value }} desc)))
{%- endmacro %}
