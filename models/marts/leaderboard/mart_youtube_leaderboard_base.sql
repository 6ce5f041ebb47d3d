{{ config(order_by='(month, platform_id)', tags=['daily', 'leaderboard']) }}

-- Shorts are played, videos are viewed; both count as views, as the platform counts them.
with videos as (
    select
        toStartOfMonth(assumeNotNull(v.publish_time)) as month,
        assumeNotNull(v.channel_id) as platform_id,
        count() as uploads,
        sum(v.likes) as likes,
        sum(v.comments) as comments,
        sum(v.views) as views,
        sumIf(v.views, v.post_type = 'shorts') as plays,
        countIf(v.views is not null) as videos
    from {{ ref('stg_beat_youtube_video') }} as v
    where v.id is not null and v.channel_id is not null and v.publish_time is not null
    group by month, platform_id
    settings final = 1
),

{{ leaderboard_base('YOUTUBE', ref('mart_youtube_account_weekly'), "cast(null, 'Nullable(Int64)')", 'videos', ref('mart_profile_attributes')) }}
