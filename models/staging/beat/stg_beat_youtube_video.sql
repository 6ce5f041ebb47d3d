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

select
    id,
    shortcode,
    channel_id,
    title,
    description,
    post_type,
    category,
    duration_seconds,
    views,
    likes,
    comments,
    publish_time,
    created_at,
    updated_at
from {{ source('beat_replica', 'youtube_video') }}
where {{ changed_since_last_load('updated_at') }}
