{{ config(order_by='(collection_id, shortcode)', tags=['collections']) }}

{{ collection_post('production') }}
