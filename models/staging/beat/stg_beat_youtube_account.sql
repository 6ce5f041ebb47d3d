{{ config(materialized='table', order_by='id', tags=['post_ranker_partial']) }}

select
    assumeNotNull(raw.id) as id,
    assumeNotNull(raw.channel_id) as channel_id,
    custom_url,
    title,
    description,
    -- A hidden count is unknown, whatever number the crawler saw.
    if(is_subscriber_count_hidden = 1, null, subscribers) as subscribers,
    uploads,
    views,
    thumbnail,
    country,
    toBool(is_subscriber_count_hidden) as is_subscriber_count_hidden,
    created_at,
    updated_at
from {{ source('beat_replica', 'youtube_account') }} as raw
where raw.id is not null and raw.channel_id is not null
{{ latest_version('id', arrival='ingested_at') }}
