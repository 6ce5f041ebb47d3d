{{ config(materialized='table', order_by='id', tags=['collections']) }}

select
    id,
    entity_type,
    entity_id,
    token,
    view_count,
    expires_at,
    created_at,
    updated_at,
    expires_at is not null and expires_at < {{ stir_now() }} as is_expired
from {{ source('coffee', 'share_link') }}
{{ latest_version('id') }}
