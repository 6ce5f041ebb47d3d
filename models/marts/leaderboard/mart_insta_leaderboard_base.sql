{{ config(order_by='(month, platform_id)', tags=['daily', 'leaderboard']) }}

-- A post counts in the month it was published, with all it has gathered since.
with posts as (
    select
        toStartOfMonth(assumeNotNull(p.publish_time)) as month,
        assumeNotNull(p.profile_id) as platform_id,
        count() as uploads,
        sum(p.likes) as likes,
        sum(p.comments) as comments,
        sum(p.views) as views,
        sum(p.plays) as plays,
        countIf(p.plays is not null) as videos
    from {{ ref('stg_beat_instagram_post') }} as p
    where p.id is not null and p.profile_id is not null and p.publish_time is not null
    group by month, platform_id
    settings final = 1
),

{{ leaderboard_base('INSTAGRAM', ref('mart_insta_account_weekly'), 'argMax(w.following, w.date)', 'posts', ref('mart_profile_attributes')) }}
