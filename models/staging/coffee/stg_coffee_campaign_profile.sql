{{ config(materialized='table', order_by='id', tags=['collections']) }}

select
    id,
    campaign_id,
    platform,
    profile_id,
    status,
    fee,
    created_at,
    updated_at
from {{ source('coffee', 'campaign_profile') }}
{{ latest_version('id') }}
