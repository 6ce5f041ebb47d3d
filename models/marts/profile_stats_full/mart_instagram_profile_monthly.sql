{{ config(order_by='(profile_id, month)', partition_by='month', tags=['post_ranker']) }}

with months as (
    select
        toStartOfMonth(p.publish_time) as month,
        profile_id,
        count() as posts,
        countIf(post_type = 'reels') as reels,
        sum(p.engagement) as engagement,
        avg(p.engagement) as avg_engagement
    from {{ ref('mart_instagram_all_posts_with_ranks') }} as p
    group by month, profile_id
)

select
    *,
    {{ last_months('avg_engagement') }} as prev_avg_engagement,
    {{ percent_of('avg_engagement - prev_avg_engagement', 'prev_avg_engagement') }} as engagement_growth
from months
{{ window_last_row('profile_id') }}
