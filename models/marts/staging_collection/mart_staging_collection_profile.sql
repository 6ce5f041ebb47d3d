{{ config(order_by='(collection_id, profile_id)', tags=['staging_collections']) }}

{{ collection_profile('staging') }}
