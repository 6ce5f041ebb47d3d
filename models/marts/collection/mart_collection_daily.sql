{{ config(order_by='(collection_id, date)', tags=['collections']) }}

{{ collection_daily('production') }}
