{{ config(order_by='(month, platform_id)', tags=['daily', 'leaderboard', 'deprecated']) }}

-- A monthly top list that was mailed by hand; the leaderboard page shows the same and more.
select month, followers_rank, platform_id, handle, followers
from {{ ref('mart_instagram_leaderboard') }}
where followers_rank <= 100
