{#- One statement of a node: renders its body, runs it, keeps the result under `name`. -#}
{%- macro statement(name=None, fetch_result=False, auto_begin=True, language='sql') -%}
  {%- if execute -%}
    {%- set code = caller() -%}
    {%- if language != 'sql' -%}
      {%- do exceptions.raise_compiler_error("tsdbt runs SQL only; got a statement in language '" ~ language ~ "'") -%}
    {%- endif -%}
    {%- if name == 'main' -%}
      {%- do write(code) -%}
    {%- endif -%}
    {%- set response, table = adapter.execute(code, auto_begin=auto_begin, fetch=fetch_result) -%}
    {%- if name is not none -%}
      {%- do store_result(name, response=response, agate_table=table) -%}
    {%- endif -%}
  {%- endif -%}
{%- endmacro %}


{#- Keeps a result without running anything: the body is only written to target/run. -#}
{% macro noop_statement(name=None, message=None, code=None, rows_affected=None, res=None) -%}
  {%- set text = caller() -%}
  {%- if name == 'main' -%}
    {%- do write(text) -%}
  {%- endif -%}
  {%- if name is not none -%}
    {%- do store_raw_result(name, message=message, code=code, rows_affected=rows_affected, agate_table=res) -%}
  {%- endif -%}
{%- endmacro %}


{% macro run_query(sql) %}
  {% call statement('run_query_statement', fetch_result=true, auto_begin=false) %}
    {{ sql }}
  {% endcall %}
  {% do return(load_result('run_query_statement').table) %}
{% endmacro %}
