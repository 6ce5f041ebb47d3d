{{ config(materialized='table', order_by='id', tags=['collections']) }}

select
    id,
    trimBoth(name) as name,
    partner_id,
    environment,
    arrayDistinct(arrayMap(word -> lowerUTF8(word), keywords)) as keywords,
    toBool(is_enabled) as is_enabled,
    created_at,
    updated_at
from {{ source('coffee', 'keyword_collection') }}
{{ latest_version('id') }}
