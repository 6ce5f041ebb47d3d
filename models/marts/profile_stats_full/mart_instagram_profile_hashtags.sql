{{ config(order_by='(profile_id, use_rank, hashtag)', tags=['post_ranker']) }}

with used as (
    select profile_id, hashtag, count() as posts, avg(h.engagement) as avg_engagement, max(h.publish_time) as last_used_at
    from {{ ref('mart_instagram_post_hashtags') }} as h
    group by profile_id, hashtag
)

select *, toUInt32(row_number() over (partition by profile_id order by posts desc, avg_engagement desc, hashtag)) as use_rank
from used
qualify use_rank <= 20
