{{ config(order_by='(collection_id, hashtag)', tags=['staging_collections']) }}

{{ collection_hashtags('staging') }}
