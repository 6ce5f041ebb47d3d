{{ config(order_by='(profile_id, post_type)', tags=['post_ranker']) }}

with types as (
    select profile_id, post_type, count() as posts, avg(p.engagement) as avg_engagement, max(p.publish_time) as last_post_at
    from {{ ref('mart_instagram_all_posts_with_ranks') }} as p
    group by profile_id, post_type
)

select
    *,
    {{ percent_of('posts', 'sum(posts) over (partition by profile_id)') }} as share_of_posts,
    toBool(row_number() over (partition by profile_id order by avg_engagement desc, post_type) = 1) as is_best_type
from types
