{#- Creates the databases and empty tables of the sources; what was there is replaced. -#}
{% macro gen_create_tables() %}
  {% for database in ['beat_replica', 'coffee', '_e', 'vidooly'] %}
    {% do run_query('create database if not exists ' ~ database) %}
  {% endfor %}
  {% for table in gen_beat_tables() + gen_event_tables() + gen_vidooly_tables() + gen_coffee_tables() %}
    {% do run_query('create or replace table ' ~ table.name ~ ' (' ~ table.columns ~ ') engine = MergeTree order by ' ~ table.order_by) %}
  {% endfor %}
{% endmacro %}
