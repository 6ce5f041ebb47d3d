{#- True when the model adds to a table that is already there. -#}
{% macro is_incremental() %}
  {%- if not execute -%}
    {{ return(False) }}
  {%- endif -%}
  {%- set relation = adapter.get_relation(this.database, this.schema, this.table) -%}
  {{ return(relation is not none
      and relation.type == 'table'
      and model.config.materialized in ['incremental', 'distributed_incremental']
      and not should_full_refresh()) }}
{% endmacro %}
