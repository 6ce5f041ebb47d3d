{{ config(materialized='table', order_by='id', tags=['account_tracker']) }}

select
    id,
    actor_id,
    partner_id,
    action,
    entity_type,
    entity_id,
    created_at,
    updated_at
from {{ source('coffee', 'activity_log') }}
-- Only what a user did; the rest are jobs of the product itself.
where actor_id is not null
{{ latest_version('id') }}
