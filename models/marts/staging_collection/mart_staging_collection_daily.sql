{{ config(order_by='(collection_id, date)', tags=['staging_collections']) }}

{{ collection_daily('staging') }}
