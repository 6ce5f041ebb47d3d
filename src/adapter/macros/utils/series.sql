{#- Generated rows: numbers and dates. -#}
{% macro get_powers_of_two(upper_bound) -%}
  {{ return(adapter.dispatch('get_powers_of_two', 'dbt')(upper_bound)) }}
{%- endmacro %}

{% macro default__get_powers_of_two(upper_bound) -%}
  {%- if upper_bound <= 0 -%}
    {%- do exceptions.raise_compiler_error('upper bound must be positive') -%}
  {%- endif -%}
  {%- for power in range(1, 100) if upper_bound <= 2 ** power -%}
    {{ return(power) }}
  {%- endfor -%}
{%- endmacro %}


{% macro generate_series(upper_bound) -%}
  {{ return(adapter.dispatch('generate_series', 'dbt')(upper_bound)) }}
{%- endmacro %}

{% macro default__generate_series(upper_bound) -%}
  select number + 1 as generated_number from numbers({{ upper_bound }})
{%- endmacro %}


{% macro get_intervals_between(start_date, end_date, datepart) -%}
  {{ return(adapter.dispatch('get_intervals_between', 'dbt')(start_date, end_date, datepart)) }}
{%- endmacro %}

{% macro default__get_intervals_between(start_date, end_date, datepart) -%}
  {%- if not execute -%}
    {{ return(1) }}
  {%- endif -%}
  {%- set result = run_query('select ' ~ dbt.datediff(start_date, end_date, datepart)) -%}
  {{ return(result.columns[0].values()[0] if result.rows else 1) }}
{%- endmacro %}


{% macro date_spine(datepart, start_date, end_date) -%}
  {{ return(adapter.dispatch('date_spine', 'dbt')(datepart, start_date, end_date)) }}
{%- endmacro %}

{% macro default__date_spine(datepart, start_date, end_date) -%}
  with all_periods as (
    select {{ dbt.dateadd(datepart, 'generated_number - 1', start_date) }} as date_{{ datepart }}
    from ({{ dbt.generate_series(dbt.get_intervals_between(start_date, end_date, datepart)) }}) as numbers_of_periods
  )
  select * from all_periods where date_{{ datepart }} <= {{ end_date }}
{%- endmacro %}
