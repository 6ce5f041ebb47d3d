{{ config(order_by='(collection_id, shortcode)', tags=['collections'], query_settings=spill_settings()) }}

{{ collection_post('production') }}
