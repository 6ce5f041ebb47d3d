{{ config(materialized='table', order_by='id', tags=['collections']) }}

select
    id,
    collection_id,
    platform,
    profile_id,
    nullIf(trimBoth(note), '') as note,
    toBool(is_hidden) as is_hidden,
    created_at,
    updated_at
from {{ source('coffee', 'profile_collection_item') }}
{{ latest_version('id') }}
