{{ config(materialized='table', order_by='id', tags=['collections']) }}

select
    id,
    collection_id,
    platform,
    shortcode,
    profile_id,
    post_type,
    cost,
    toBool(is_hidden) as is_hidden,
    created_at,
    updated_at
from {{ source('coffee', 'post_collection_item') }}
{{ latest_version('id') }}
