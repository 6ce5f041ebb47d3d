{{ config(materialized='table', order_by='id', tags=['daily']) }}

select id, profile_id, shortcode, reach, impressions, saved, shares, plays, updated_at
from {{ source('beat_replica', 'instagram_post_insights') }}
{{ latest_version('id') }}
