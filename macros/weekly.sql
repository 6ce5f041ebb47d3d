{#-
  The highest value of each metric per profile and week (Monday), from the profile events that carry it. `metrics` maps column to the event's JSON key.
  An incremental run recomputes the newest loaded week and the one before: events are never that late.
-#}
{% macro weekly_maximum(platform, metrics) -%}
with events as (
    select
        toMonday(event_timestamp) as date,
        assumeNotNull(e.profile_id) as profile_id,
        {%- for column, key in metrics.items() %}
        JSONExtract(e.metrics, '{{ key }}', 'Nullable(Int64)') as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ source('_e', 'profile_log_events') }} as e
    where platform = '{{ platform }}' and e.profile_id is not null
    {%- if is_incremental() %}
        and event_timestamp >= (select greatest(max(date), toDate(7)) - interval 7 day from {{ this }})
    {%- endif %}
)

select
    date,
    profile_id,
    {%- for column in metrics %}
    max(events.{{ column }}) as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
from events
group by date, profile_id
having {% for column in metrics %}{{ column }} is not null{{ ' or ' if not loop.last }}{% endfor %}
{%- endmacro %}
