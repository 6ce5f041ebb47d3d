{{ config(order_by='(collection_id, shortcode)', tags=['staging_collections']) }}

{{ collection_post('staging') }}
