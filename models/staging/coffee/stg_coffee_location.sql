{{ config(materialized='table', order_by='id', tags=['daily']) }}

select
    id,
    trimBoth(name) as name,
    city,
    state,
    country,
    tier,
    latitude,
    longitude,
    created_at,
    updated_at
from {{ source('coffee', 'location') }}
{{ latest_version('id') }}
