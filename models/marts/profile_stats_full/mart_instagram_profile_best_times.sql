{{ config(order_by='(profile_id, weekday, part_of_day)', tags=['post_ranker']) }}

with slots as (
    select
        profile_id,
        toDayOfWeek(p.publish_time) as weekday,
        {{ day_part('p.publish_time') }} as part_of_day,
        count() as posts,
        avg(p.engagement) as avg_engagement
    from {{ ref('mart_instagram_all_posts_with_ranks') }} as p
    group by profile_id, weekday, part_of_day
)

select
    s.profile_id as profile_id,
    s.weekday as weekday,
    s.part_of_day as part_of_day,
    s.posts as posts,
    s.avg_engagement as avg_engagement,
    s.avg_engagement / (a.avg_likes + a.avg_comments) as lift
from slots as s
inner join {{ ref('mart_instagram_account_summary') }} as a on a.profile_id = s.profile_id
