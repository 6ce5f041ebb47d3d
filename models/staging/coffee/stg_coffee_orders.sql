{{ config(materialized='table', order_by='id', tags=['gcc_orders']) }}

select
    id,
    order_number,
    partner_id,
    campaign_id,
    status,
    currency,
    discount,
    tax_rate,
    placed_at,
    created_at,
    updated_at
from {{ source('coffee', 'orders') }}
{{ latest_version('id') }}
