{{ config(order_by='channel_id', tags=['post_ranker']) }}

with videos as (
    select assumeNotNull(v.channel_id) as channel_id, v.shortcode, v.post_type, v.views, v.likes, v.comments, v.publish_time
    from {{ ref('stg_beat_youtube_video') }} as v
    where v.id is not null and v.channel_id is not null and v.publish_time is not null
    settings final = 1
)

select
    channel_id,
    count() as video_count,
    countIf(post_type = 'shorts') as shorts_count,
    max(publish_time) as last_video_at,
    count() / greatest(1, dateDiff('day', min(publish_time), {{ stir_now() }}) / 7) as avg_videos_per_week,
    avg(v.views) as avg_views,
    avgIf(v.views, post_type = 'shorts') as avg_shorts_views,
    avg(v.likes) as avg_likes,
    avg(v.comments) as avg_comments,
    100 * stddevPop(v.views) / avg(v.views) as views_spread,
    argMax(v.shortcode, (v.views, v.shortcode)) as top_video_shortcode
from videos as v
group by channel_id
