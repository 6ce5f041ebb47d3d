{{ config(order_by='(profile_id, metric_date)', partition_by='toYYYYMM(metric_date)', tags=['core', 'hourly']) }}

select
    profile_id,
    metric_date,
    reach,
    impressions,
    profile_views,
    website_clicks,
    {{ percent_of('website_clicks', 'profile_views') }} as click_rate,
    -- By date, not by row: a day without numbers must not widen the window.
    avg(reach) over last_week as reach_7d_avg
from {{ ref('stg_beat_instagram_profile_insights') }}
window last_week as (partition by profile_id order by metric_date range between 6 preceding and current row)
