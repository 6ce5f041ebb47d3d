{{ config(order_by='(profile_id, recency_rank)', tags=['post_ranker']) }}

with posts as (
    select
        assumeNotNull(p.id) as id,
        assumeNotNull(p.profile_id) as profile_id,
        p.shortcode as shortcode,
        p.post_type as post_type,
        assumeNotNull(p.publish_time) as publish_time,
        p.likes as likes,
        p.comments as comments,
        p.engagement as engagement,
        p.plays as plays,
        p.views as views,
        p.reach as reach,
        p.impressions as impressions
    from {{ ref('stg_beat_instagram_post') }} as p
    where p.id is not null and p.profile_id is not null and p.publish_time is not null
    settings final = 1
)

-- Ties are broken by id, so that a rank names one post.
select
    *,
    toUInt32(row_number() over (partition by profile_id order by publish_time desc, id desc)) as recency_rank,
    toUInt32(row_number() over (partition by profile_id, post_type order by publish_time desc, id desc)) as recency_rank_in_type,
    toUInt32(row_number() over (partition by profile_id order by engagement desc, id desc)) as engagement_rank
from posts
