{{ config(order_by='profile_id', tags=['core', 'hourly']) }}

select
    profile_id,
    count() as story_count,
    max(s.publish_time) as last_story_at,
    avg(s.reach) as story_reach,
    avg(s.impressions) as story_impressions,
    100 - {{ percent_of('sum(s.exits)', 'sum(s.impressions)') }} as completion_rate,
    {{ percent_of('sum(s.replies)', 'sum(s.reach)') }} as reply_rate
from {{ ref('stg_beat_instagram_story') }} as s
group by profile_id
