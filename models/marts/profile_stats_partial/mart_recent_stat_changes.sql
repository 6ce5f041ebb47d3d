{{ config(order_by='profile_id', tags=['post_ranker_partial']) }}

-- The nightly statistics beside today's: the search index is told of profiles whose numbers moved, and of no other.
select
    r.profile_id as profile_id,
    toBool(n.profile_id is null) as is_new,
    r.post_count as post_count,
    r.post_count - ifNull(n.post_count, 0) as new_posts,
    n.avg_likes as nightly_avg_likes,
    r.avg_likes as avg_likes,
    {{ percent_of('r.avg_likes - n.avg_likes', 'n.avg_likes') }} as avg_likes_moved
from {{ ref('mart_instagram_recent_account_summary') }} as r
left join {{ ref('mart_instagram_account_summary') }} as n on n.profile_id = r.profile_id
where n.profile_id is null or r.post_count != n.post_count or not (r.avg_likes <=> n.avg_likes)
settings join_use_nulls = 1
