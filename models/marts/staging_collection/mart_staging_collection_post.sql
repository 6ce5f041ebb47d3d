{{ config(order_by='(collection_id, shortcode)', tags=['staging_collections'], query_settings=spill_settings()) }}

{{ collection_post('staging') }}
