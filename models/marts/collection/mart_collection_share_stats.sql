{{ config(order_by='collection_id', tags=['collections']) }}

{{ collection_share_stats('production') }}
