{{ config(materialized='table', order_by='id', tags=['daily']) }}

select id, entity_id, entity_type, platform, asset_type, original_url, asset_url, status, updated_at
from {{ source('beat_replica', 'asset_log') }}
{{ latest_version('id') }}
