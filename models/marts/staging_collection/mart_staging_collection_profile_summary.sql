{{ config(order_by='collection_id', tags=['staging_collections']) }}

{{ collection_profile_summary('staging') }}
