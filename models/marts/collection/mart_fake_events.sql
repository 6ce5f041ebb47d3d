{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        engine='ReplacingMergeTree(insert_timestamp)',
        order_by='(shortcode, date)',
        partition_by='toYYYYMM(date)',
        query_settings=many_months(),
        tags=['collections'],
    )
}}

-- Likes of a post grow fast for three days and slowly afterwards. Likes that then treble from one measurement to the next were not given by people:
-- what came in above the measurement before is fake.
with measured as (
    select
        e.shortcode as shortcode,
        e.profile_id as profile_id,
        e.event_timestamp as event_timestamp,
        e.insert_timestamp as insert_timestamp,
        e.publish_time as publish_time,
        assumeNotNull(JSONExtract(e.metrics, 'likes', 'Nullable(Int64)')) as likes
    from {{ source('_e', 'post_log_events') }} as e
    where JSONExtract(e.metrics, 'likes', 'Nullable(Int64)') is not null
),

compared as (
    select *, any(likes) over (partition by shortcode order by event_timestamp rows between 1 preceding and 1 preceding) as likes_before
    from measured
)

select
    shortcode,
    toDate(event_timestamp) as date,
    profile_id,
    likes,
    likes_before,
    likes - likes_before as fake_likes,
    insert_timestamp
from compared
where event_timestamp > publish_time + interval 3 day and likes_before >= 10 and likes >= 3 * likes_before
{%- if is_incremental() %}
    -- The comparison needs the measurements before; what is inserted is new. After a truncate that is everything.
    and insert_timestamp >= (select max(insert_timestamp) from {{ this }})
{%- endif %}
