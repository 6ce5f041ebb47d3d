{{ config(materialized='table', order_by='id', tags=['collections']) }}

select
    id,
    campaign_profile_id,
    kind,
    status,
    due_on,
    shortcode,
    created_at,
    updated_at
from {{ source('coffee', 'campaign_deliverable') }}
{{ latest_version('id') }}
