{{ config(order_by='collection_id', tags=['staging_collections']) }}

{{ collection_share_stats('staging') }}
