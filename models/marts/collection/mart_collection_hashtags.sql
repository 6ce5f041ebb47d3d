{{ config(order_by='(collection_id, hashtag)', tags=['collections']) }}

{{ collection_hashtags('production') }}
