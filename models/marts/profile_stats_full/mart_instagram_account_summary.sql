{{ config(order_by='profile_id', tags=['post_ranker']) }}

select
    profile_id,
    count() as post_count,
    countIf(post_type = 'reels') as reels_count,
    min(p.publish_time) as first_post_at,
    max(p.publish_time) as last_post_at,
    -- The rate of a profile first seen this week is not blown up to a whole week of such days.
    count() / greatest(1, dateDiff('day', min(p.publish_time), {{ stir_now() }}) / 7) as avg_posts_per_week,
    avg(p.likes) as avg_likes,
    avg(p.comments) as avg_comments,
    avg(p.plays) as avg_plays,
    avg(p.views) as avg_views,
    avg(p.likes) / avg(p.comments) as likes_to_comment_ratio,
    100 * stddevPop(p.likes) / avg(p.likes) as likes_spread,
    avgIf(p.reach, post_type = 'reels') as reels_reach,
    avgIf(p.impressions, post_type = 'reels') as reels_impressions,
    avgIf(p.reach, post_type in ('image', 'carousel')) as image_reach,
    avgIf(p.impressions, post_type in ('image', 'carousel')) as image_impressions,
    avgIf(p.engagement, p.recency_rank <= 12) as recent_avg_engagement,
    argMin(p.shortcode, p.engagement_rank) as top_post_shortcode
from {{ ref('mart_instagram_all_posts_with_ranks') }} as p
group by profile_id
