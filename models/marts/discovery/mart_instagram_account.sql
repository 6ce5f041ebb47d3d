{{ config(order_by='ig_id', tags=['core', 'hourly'], query_settings=spill_settings()) }}

with growth as (
    select
        profile_id,
        {{- growth_windows() }}
    from {{ ref('mart_insta_account_weekly') }}
    group by profile_id
),

insights as (
    select profile_id, sum(reach) as reach_30d, sum(profile_views) as profile_views_30d
    from {{ ref('stg_beat_instagram_profile_insights') }}
    where metric_date >= toDate({{ stir_now() }}) - 30
    group by profile_id
),

connections as (
    select assumeNotNull(c.profile_id) as profile_id, max(c.is_enabled and not c.is_expired) as is_connected
    from {{ ref('stg_beat_credential') }} as c
    where c.profile_id is not null
    group by profile_id
),

-- The newest month a profile is ranked in may be last month's, on the first days of a month.
placed as (
    select platform_id, argMax(followers_rank, month) as leaderboard_rank
    from {{ ref('mart_instagram_leaderboard') }}
    group by platform_id
),

audience as (
    select * from {{ ref('mart_audience_info') }} where platform = 'INSTAGRAM'
),

joined as (
    select
        account.profile_id as ig_id,
        account.handle as handle,
        account.full_name as full_name,
        account.biography as biography,
        account.profile_pic_url as profile_pic_url,
        account.external_url as external_url,
        ifNull(attributes.category, {{ word_or_missing('account.category') }}) as category,
        ifNull(attributes.language, 'MISSING') as language,
        ifNull(attributes.country, 'MISSING') as country,
        ifNull(attributes.city, 'MISSING') as city,
        ifNull(attributes.gender, 'MISSING') as gender,
        ifNull(attributes.profile_type, 'MISSING') as profile_type,
        account.is_private as is_private,
        account.is_verified as is_verified,
        account.is_business as is_business,
        ifNull(connections.is_connected, false) as is_connected,
        ifNull(attributes.is_blacklisted, false) as is_blacklisted,
        account.followers as followers,
        account.following as following,
        {{ follower_group('account.followers') }} as follower_group,
        placed.leaderboard_rank as leaderboard_rank,
        summary.post_count as post_count,
        summary.avg_posts_per_week as avg_posts_per_week,
        summary.last_post_at as last_post_at,
        summary.top_post_shortcode as top_post_shortcode,
        summary.avg_likes as avg_likes,
        summary.avg_comments as avg_comments,
        summary.avg_plays as avg_plays,
        summary.likes_to_comment_ratio as likes_to_comment_ratio,
        summary.likes_spread as likes_spread,
        summary.reels_reach as reels_reach,
        summary.reels_impressions as reels_impressions,
        summary.image_reach as image_reach,
        summary.image_impressions as image_impressions,
        stories.story_count as story_count,
        stories.story_reach as story_reach,
        insights.reach_30d as reach_30d,
        insights.profile_views_30d as profile_views_30d,
        {{ percent_of('summary.avg_comments', 'account.followers') }} as comments_rate,
        {{ percent_of('summary.avg_likes + summary.avg_comments', 'account.followers') }} as engagement_rate,
        growth.followers_growth7d as followers_growth7d,
        growth.followers_growth30d as followers_growth30d,
        growth.followers_growth90d as followers_growth90d,
        -- What Instagram itself tells goes before what a model guessed.
        multiIf(audience.profile_id is not null, 'insights', guessed.profile_id is not null, 'gpt', null) as audience_origin,
        {%- for part in ['gender', 'age', 'city', 'language'] %}
        if(audience.profile_id is not null, audience.audience_{{ part }}, guessed.audience_{{ part }}) as audience_{{ part }},
        {%- endfor %}
        coalesce(audience.audience_authencity, guessed.audience_authencity) as audience_authencity,
        coalesce(audience.audience_reachability, guessed.audience_reachability) as audience_reachability,
        linked.channel_id as linked_channel_id,
        linked.channel_title as linked_channel_title,
        coalesce(attributes.search_phrase, lowerUTF8(concatWithSeparator(' ', ifNull(account.handle, ''), ifNull(account.full_name, '')))) as search_phrase,
        account.created_at as created_at,
        account.updated_at as updated_at
    from {{ ref('stg_beat_instagram_account') }} as account
    left join (select * from {{ ref('mart_profile_attributes') }} where platform = 'INSTAGRAM') as attributes on attributes.profile_id = account.profile_id
    left join {{ ref('mart_instagram_account_summary') }} as summary on summary.profile_id = account.profile_id
    left join growth on growth.profile_id = account.profile_id
    left join insights on insights.profile_id = account.profile_id
    left join {{ ref('mart_instagram_story_stats') }} as stories on stories.profile_id = account.profile_id
    left join connections on connections.profile_id = account.profile_id
    left join placed on placed.platform_id = account.profile_id
    left join audience on audience.profile_id = account.profile_id
    left join {{ ref('mart_audience_info_gpt') }} as guessed on guessed.profile_id = account.profile_id
    left join {{ ref('mart_linked_socials') }} as linked on linked.ig_id = account.profile_id
    settings join_use_nulls = 1
),

{{ graded_among_peers('joined', graded_metrics(), 'followers') }}
