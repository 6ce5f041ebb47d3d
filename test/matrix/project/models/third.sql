{{ config(unique_key='id', event_time='at') }}
-- depends_on: {{ ref('raw') }}
select id, at from {{ source('outside', 'raw') }}
{% if is_incremental() %} where id > 1 {% endif %}
