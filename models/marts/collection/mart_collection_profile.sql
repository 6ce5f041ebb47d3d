{{ config(order_by='(collection_id, profile_id)', tags=['collections']) }}

{{ collection_profile('production') }}
