{#-
  Invents the raw data of all sources, ending at stir_now(). ClickHouse does the work: INSERT ... SELECT from numbers(), streamed.
  Run: run-operation generate_sources --args '{accounts: 2000, days: 120, seed: 42}'
-#}
{% macro generate_sources(accounts=2000, days=120, seed=42, only_if_missing=false) %}
  {%- if only_if_missing and gen_is_there() -%}
    {% do log('The source data is there already and stays as it is.', info=true) %}
    {{ return('') }}
  {%- endif -%}
  {% set ends_at = run_query('select toString(' ~ stir_now() ~ ')').rows[0][0] %}
  {% do gen_create_tables() %}
  {% do gen_set_clock(seed, accounts, "toDateTime('" ~ ends_at ~ "', 'UTC') - interval " ~ days ~ " day", none, "toDateTime('" ~ ends_at ~ "', 'UTC')") %}
  {% do gen_fill_window(gen_window()) %}
  {% do log('Invented ' ~ accounts ~ ' creators over ' ~ days ~ ' days, ending ' ~ ends_at ~ ' UTC (seed ' ~ seed ~ ').', info=true) %}
{% endmacro %}

{#- Lets time pass in the invented world: new posts, new metrics, late updates. Build afterwards with `as_of` set to the moment it prints. -#}
{% macro advance(hours=6) %}
  {% set last = gen_window() %}
  {% do gen_set_clock(last.seed, last.accounts, "toDateTime('" ~ last.history_start ~ "', 'UTC')", "toDateTime('" ~ last.ends_at ~ "', 'UTC')",
      "toDateTime('" ~ last.ends_at ~ "', 'UTC') + interval " ~ hours ~ " hour") %}
  {% set window = gen_window() %}
  {% do gen_fill_window(window) %}
  {% do log('It is now ' ~ window.ends_at ~ " UTC in the sources: build with --vars '{as_of: \"" ~ window.ends_at ~ "\"}'", info=true) %}
{% endmacro %}

{% macro gen_is_there() %}
  {% set found = run_query("select count() from system.tables where database = '_e' and name = 'generator_clock'") %}
  {{ return(found.rows[0][0] | int > 0) }}
{% endmacro %}

{#- Notes the next window of arrival, so that `advance` knows where the last one ended. `begins_at` none: the first window. -#}
{% macro gen_set_clock(seed, accounts, history_start, begins_at, ends_at) %}
  {% do run_query("insert into _e.generator_clock select " ~ seed ~ ", " ~ accounts ~ ", " ~ history_start ~ ", "
      ~ (begins_at or history_start) ~ ", " ~ ends_at ~ ", " ~ ("0" if begins_at else "1")) %}
{% endmacro %}

{#- The window noted last, as a dict of literals. -#}
{% macro gen_window() %}
  {% set row = run_query("
    select seed, accounts, toString(history_start), toString(begins_at), toString(ends_at), is_first,
      toUInt32(toDate(history_start)), toUInt32(toDate(begins_at)), toUInt32(toDate(ends_at))
    from _e.generator_clock order by ends_at desc limit 1").rows[0] %}
  {{ return({
    'seed': row[0] | int, 'accounts': row[1] | int, 'history_start': row[2], 'begins_at': row[3], 'ends_at': row[4],
    'is_first': (row[5] | int) == 1, 'day0': row[6] | int, 'begin_day': row[7] | int, 'end_day': row[8] | int}) }}
{% endmacro %}

{#- All rows that arrive in the window. -#}
{% macro gen_fill_window(window) %}
  {% for statement in gen_beat_statements(window) + gen_event_statements(window) + gen_vidooly_statements(window) + gen_coffee_statements(window) %}
    {% do run_query(statement) %}
  {% endfor %}
{% endmacro %}

{#- The names every statement binds: the seed, the number of creators, the history's first day, the window of arrival. -#}
{% macro gen_bindings(window) -%}
  with
    {{ window.seed }} as seed,
    {{ window.accounts }} as accounts,
    {{ window.day0 }} as day0,
    toDateTime('{{ window.begins_at }}', 'UTC') as begins_at,
    toDateTime('{{ window.ends_at }}', 'UTC') as ends_at
{%- endmacro %}

{#- Rows (a, d): each creator with each day on which something may have begun whose trace still arrives in the window, `reach_back` days before it. -#}
{% macro gen_creator_days(window, creators, reach_back) -%}
  {%- set first_day = [window.day0, window.begin_day - reach_back] | max -%}
  {%- set span = window.end_day - first_day + 1 -%}
  (select intDiv(number, {{ span }}) as a, toUInt32({{ first_day }} + number % {{ span }}) as d from numbers({{ creators * span }}))
{%- endmacro %}
