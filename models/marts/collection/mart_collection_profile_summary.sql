{{ config(order_by='collection_id', tags=['collections']) }}

{{ collection_profile_summary('production') }}
