{{ config(order_by='(collection_id, post_id)', tags=['collections']) }}

{{ collection_keyword_posts('production') }}
