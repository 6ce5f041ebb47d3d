{{ config(order_by='(month, platform, category)', tags=['daily', 'leaderboard']) }}

with categories as (
    select
        month,
        platform,
        category,
        count() as profiles,
        sum(l.followers) as followers,
        sum(l.followers_change) as followers_change,
        sum(l.views) as views,
        argMin(l.platform_id, (l.followers_rank, l.platform_id)) as top_platform_id
    from {{ ref('mart_leaderboard') }} as l
    where enabled
    group by month, platform, category
)

select
    *,
    {{ percent_of('followers', 'sum(followers) over (partition by month, platform)') }} as followers_share
from categories
