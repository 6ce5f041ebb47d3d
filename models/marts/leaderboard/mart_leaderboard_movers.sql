{{ config(order_by='(month, platform, climb_rank, platform_id)', tags=['daily', 'leaderboard']) }}

with moved as (
    select
        month,
        platform,
        platform_id,
        handle,
        category,
        assumeNotNull(followers_rank) as followers_rank,
        assumeNotNull(last_month_ranks['followers_rank']) as last_followers_rank,
        toInt64(last_followers_rank) - toInt64(followers_rank) as climbed
    from {{ ref('mart_leaderboard') }}
    where enabled and followers_rank is not null and last_month_ranks['followers_rank'] is not null
)

select *, rank() over (partition by month, platform order by climbed desc) as climb_rank
from moved
where climbed > 0
qualify climb_rank <= 50
