{{ config(materialized='table', order_by='(profile_id, metric_date)', tags=['hourly']) }}

select profile_id, metric_date, id, reach, impressions, profile_views, website_clicks, updated_at
from {{ source('beat_replica', 'instagram_profile_insights') }}
{{ latest_version('profile_id, metric_date') }}
