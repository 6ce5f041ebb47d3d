{{ config(order_by='(collection_id, shortcode, date)', tags=['staging_collections']) }}

{{ collection_post_ts('staging') }}
