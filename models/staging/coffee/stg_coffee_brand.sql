{{ config(materialized='table', order_by='id', tags=['collections']) }}

select
    id,
    trimBoth(name) as name,
    category,
    country,
    toBool(is_active) as is_active,
    created_at,
    updated_at
from {{ source('coffee', 'brand') }}
{{ latest_version('id') }}
