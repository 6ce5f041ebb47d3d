{{ config(order_by='(collection_id, post_id)', tags=['staging_collections']) }}

{{ collection_keyword_posts('staging') }}
