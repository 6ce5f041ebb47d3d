{{ config(materialized='table', order_by='id', tags=['hourly']) }}

select
    id,
    assumeNotNull(raw.profile_id) as profile_id,
    story_id,
    story_type,
    reach,
    impressions,
    replies,
    exits,
    taps_forward,
    taps_back,
    publish_time,
    updated_at
from {{ source('beat_replica', 'instagram_story') }} as raw
where raw.profile_id is not null
{{ latest_version('id') }}
