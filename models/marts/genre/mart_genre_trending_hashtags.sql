{{ config(order_by='(genre, trend_rank, hashtag)', tags=['daily']) }}

with counted as (
    select
        category as genre,
        hashtag,
        countIf(h.publish_time > {{ stir_now() }} - interval 7 day) as posts_this_week,
        countIf(h.publish_time <= {{ stir_now() }} - interval 7 day) as posts_last_week,
        uniqExact(h.profile_id) as creators
    from {{ ref('mart_instagram_post_hashtags') }} as h
    where h.publish_time > {{ stir_now() }} - interval 14 day
    group by genre, hashtag
)

select
    *,
    {{ percent_of('toInt64(posts_this_week) - toInt64(posts_last_week)', 'posts_last_week') }} as growth,
    toUInt32(row_number() over (partition by genre order by posts_this_week desc, posts_last_week, hashtag)) as trend_rank
from counted
-- One creator's own hashtag is no trend.
where creators >= 3 and posts_this_week > 0
qualify trend_rank <= 20
