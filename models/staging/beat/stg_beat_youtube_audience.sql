{{ config(materialized='table', order_by='(channel_id, dimension, bucket)', tags=['daily']) }}

select id, channel_id, dimension, bucket, share, updated_at
from {{ source('beat_replica', 'youtube_audience') }}
{{ latest_version('channel_id, dimension, bucket') }}
