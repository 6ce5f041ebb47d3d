{{ config(materialized='table', order_by='id', tags=['post_ranker_partial']) }}

select
    assumeNotNull(raw.id) as id,
    assumeNotNull(raw.profile_id) as profile_id,
    handle,
    full_name,
    biography,
    followers,
    following,
    media_count,
    profile_pic_url,
    external_url,
    toBool(is_private) as is_private,
    toBool(is_verified) as is_verified,
    toBool(is_business_or_creator) as is_business,
    category,
    created_at,
    updated_at
from {{ source('beat_replica', 'instagram_account') }} as raw
-- A crawl without an id or a profile cannot be told from another one.
where raw.id is not null and raw.profile_id is not null
{{ latest_version('id', arrival='ingested_at') }}
