{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        engine='ReplacingMergeTree(updated_at)',
        order_by='ifNull(id, 0)',
        partition_by="toYYYYMM(ifNull(publish_time, toDateTime(0, 'UTC')))",
        query_settings=many_months(),
        tags=['post_ranker_partial'],
    )
}}

-- Versions of one post are all inserted; the engine keeps the latest. Readers see them merged by `settings final = 1`.
select
    id,
    profile_id,
    handle,
    post_id,
    post_type,
    caption,
    likes,
    views,
    plays,
    comments,
    reach,
    saved,
    shares,
    impressions,
    interactions,
    engagement,
    shortcode,
    display_url,
    thumbnail_url,
    publish_time,
    content_type,
    taps_forward,
    taps_back,
    exits,
    replies,
    navigation,
    profile_activity,
    profile_visits,
    follows,
    video_views,
    created_at,
    updated_at
from {{ source('beat_replica', 'instagram_post_simple') }}
where {{ changed_since_last_load('updated_at') }}
