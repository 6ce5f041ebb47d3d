-- What a heavy model is told: outside of production it spills above a gigabyte, and a join algorithm is named where the default will not do.
{%- set plain = spill_settings() -%}
{%- set joining = spill_settings(join_algorithm='partial_merge') -%}
{%- set bytes = var('spill_bytes', 20000000000 if target.name in ('production', 'cluster') else 1000000000) %}
select 'settings' as wrong
where
    '{{ plain['max_bytes_before_external_sort'] }}' != '{{ bytes }}'
    or '{{ plain['max_bytes_before_external_group_by'] }}' != '{{ bytes }}'
    or '{{ 'join_algorithm' in plain }}' != 'False'
    or '{{ joining['join_algorithm'] }}' != 'partial_merge'
    or {{ many_months()['max_partitions_per_insert_block'] }} < 240
