{% macro greet(who='world') %}
  {% if execute %}{% do log('hello ' ~ who, info=true) %}{% do print('printed for ' ~ who) %}{% endif %}
  select 1
{% endmacro %}
{% macro ask(what='1') %}
  {% do print(run_query('select ' ~ what ~ ' as answer').rows[0][0]) %}
{% endmacro %}
{% macro fail() %}{% do exceptions.raise_compiler_error('as it should') %}{% endmacro %}
