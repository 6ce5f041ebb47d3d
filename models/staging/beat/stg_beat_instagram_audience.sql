{{ config(materialized='table', order_by='(profile_id, origin, dimension, bucket)', tags=['daily']) }}

select id, profile_id, origin, dimension, bucket, share, updated_at
from {{ source('beat_replica', 'instagram_audience') }}
{{ latest_version('profile_id, origin, dimension, bucket') }}
