{{ config(materialized='table', order_by='id', tags=['gcc_orders']) }}

select
    id,
    order_id,
    profile_id,
    kind,
    quantity,
    unit_price,
    created_at,
    updated_at
from {{ source('coffee', 'order_item') }}
{{ latest_version('id') }}
