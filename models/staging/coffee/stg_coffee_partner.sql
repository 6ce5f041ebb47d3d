{{ config(materialized='table', order_by='id', tags=['collections']) }}

select
    id,
    trimBoth(name) as name,
    kind,
    plan,
    toBool(is_test) as is_test,
    created_at,
    updated_at
from {{ source('coffee', 'partner') }}
{{ latest_version('id') }}
