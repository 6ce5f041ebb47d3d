{{ config(materialized='table', order_by='id', tags=['hourly']) }}

select
    id,
    idempotency_key,
    source,
    handle,
    profile_id,
    toBool(enabled) as is_enabled,
    toBool(data_access_expired) as is_expired,
    created_at,
    updated_at
from {{ source('beat_replica', 'credential') }}
{{ latest_version('id') }}
