{{ config(order_by='(genre, trend_rank, post_id)', tags=['daily']) }}

-- A post trends when it does better than its creator's posts do, not because its creator is big. Three posts are the least to compare with.
with fresh as (
    select
        p.category as genre,
        p.id as post_id,
        p.shortcode as shortcode,
        p.profile_id as profile_id,
        p.handle as handle,
        p.post_type as post_type,
        p.publish_time as publish_time,
        p.picture_url as picture_url,
        assumeNotNull(p.engagement) as engagement,
        s.avg_likes + s.avg_comments as usual_engagement,
        assumeNotNull(engagement / usual_engagement) as lift
    from {{ ref('mart_instagram_post') }} as p
    inner join {{ ref('mart_instagram_account_summary') }} as s on s.profile_id = p.profile_id
    where p.publish_time > {{ stir_now() }} - interval 7 day
        and p.engagement >= 100 and s.post_count >= 3 and s.avg_likes + s.avg_comments > 0
)

select *, toUInt32(row_number() over (partition by genre order by lift desc, post_id)) as trend_rank
from fresh
where lift > 1
qualify trend_rank <= 50
