{{ config(order_by='collection_id', tags=['staging_collections']) }}

{{ collection_post_metrics_summary('staging') }}
