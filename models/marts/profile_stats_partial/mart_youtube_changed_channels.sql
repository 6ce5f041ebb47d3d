{{ config(order_by='channel_id', tags=['post_ranker_partial']) }}

-- Videos are crawled less often than posts; what is new matters most, so a channel counts as changed while a fresh video is.
select
    assumeNotNull(v.channel_id) as channel_id,
    count() as changed_videos,
    countIf(v.publish_time > {{ stir_now() }} - interval 1 day) as fresh_videos,
    max(v.updated_at) as last_changed_at
from {{ ref('stg_beat_youtube_video') }} as v
where v.id is not null and v.channel_id is not null and v.updated_at > {{ stir_now() }} - interval 6 hour
group by channel_id
settings final = 1
