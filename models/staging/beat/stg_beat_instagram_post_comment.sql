{{ config(materialized='table', order_by='(shortcode, id)', tags=['collections']) }}

select
    id,
    comment_id,
    shortcode,
    profile_id,
    commenter_handle,
    -- An empty comment says as little as none.
    nullIf(text, '') as text,
    likes,
    publish_time,
    updated_at
from {{ source('beat_replica', 'instagram_post_comment') }}
{{ latest_version('id') }}
