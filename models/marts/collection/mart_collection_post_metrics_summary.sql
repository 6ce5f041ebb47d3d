{{ config(order_by='collection_id', tags=['collections']) }}

{{ collection_post_metrics_summary('production') }}
