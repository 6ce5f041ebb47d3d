{{ config(order_by='(month, platform_id)', tags=['daily', 'leaderboard'], query_settings=spill_settings()) }}

with both as (
    select *, platform_id as creator_id, 'INSTAGRAM' as profile_platform, views as ia_views, toInt64(0) as yt_views
    from {{ ref('mart_insta_leaderboard_base') }}
    union all
    -- A linked channel counts for the Instagram profile it belongs to, any other for itself.
    select
        y.*,
        if(l.channel_id = '', y.platform_id, l.ig_id) as creator_id,
        'YOUTUBE' as profile_platform,
        toInt64(0) as ia_views,
        y.views as yt_views
    from {{ ref('mart_youtube_leaderboard_base') }} as y
    left join {{ ref('mart_linked_socials') }} as l on l.channel_id = y.platform_id
),

-- 'INSTAGRAM' < 'YOUTUBE': the profile that speaks for the creator is the Instagram one wherever there is one in that month.
creators as (
    select
        month,
        creator_id,
        argMin(both.platform_id, both.profile_platform) as platform_id,
        min(both.profile_platform) as profile_platform,
        argMin(both.handle, both.profile_platform) as handle,
        argMin(both.category, both.profile_platform) as category,
        argMin(both.language, both.profile_platform) as language,
        argMin(both.country, both.profile_platform) as country,
        argMin(both.profile_type, both.profile_platform) as profile_type,
        min(both.enabled) as enabled,
        sum(both.followers) as followers,
        sum(both.uploads) as uploads,
        sum(both.likes) as likes,
        sum(both.comments) as comments,
        sum(both.engagement) as engagement,
        sum(both.views) as views,
        sum(both.ia_views) as ia_views,
        sum(both.yt_views) as yt_views,
        sum(both.plays) as plays
    from both
    group by month, creator_id
),

with_last_month as (
    select
        * except (creator_id),
        likes / nullIf(uploads, 0) as avg_likes,
        comments / nullIf(uploads, 0) as avg_comments,
        views / nullIf(uploads, 0) as avg_views,
        plays / nullIf(uploads, 0) as avg_plays,
        {{ percent_of('avg_likes + avg_comments', 'followers') }} as engagement_rate,
        {{ last_months('followers') }} as prev_followers,
        {{ last_months('views') }} as prev_views,
        {{ last_months('plays') }} as prev_plays,
        followers - prev_followers as followers_change
    from creators
    {{ window_last_row('creator_id') }}
),

{{
    ranked_leaderboard(
        'with_last_month',
        ranked_metrics(),
        {'': [], '_by_cat': ['category'], '_by_lang': ['language'], '_by_country': ['country']},
    )
}}
