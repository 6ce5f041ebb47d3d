{{ config(materialized='table', order_by='id', tags=['collections']) }}

select
    id,
    brand_id,
    partner_id,
    trimBoth(name) as name,
    status,
    budget,
    currency,
    starts_on,
    ends_on,
    created_at,
    updated_at
from {{ source('coffee', 'campaign') }}
{{ latest_version('id') }}
