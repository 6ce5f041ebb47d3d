{{ config(order_by='(collection_id, shortcode, date)', tags=['collections']) }}

{{ collection_post_ts('production') }}
