{{ config(materialized='table', order_by='id', tags=['hourly']) }}

select
    id,
    user_id,
    platform,
    profile_id,
    lower(trimLeft(handle, '@')) as handle,
    toBool(is_verified) as is_verified,
    lower(email) as email,
    created_at,
    updated_at
from {{ source('coffee', 'social_account') }}
where profile_id is not null
{{ latest_version('id') }}
