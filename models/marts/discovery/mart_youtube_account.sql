{{ config(order_by='channel_id', tags=['core', 'hourly']) }}

{%- set metrics = [
    'subscribers', 'avg_views', 'avg_likes', 'avg_comments', 'engagement_rate', 'video_count', 'avg_videos_per_week', 'views_spread',
    'followers_growth7d', 'followers_growth30d', 'followers_growth90d'
] %}

with growth as (
    select
        profile_id,
        {{- growth_windows() }}
    from {{ ref('mart_youtube_account_weekly') }}
    group by profile_id
),

joined as (
    select
        account.channel_id as channel_id,
        account.custom_url as custom_url,
        account.title as title,
        account.description as description,
        account.thumbnail as thumbnail,
        ifNull(attributes.category, 'MISSING') as category,
        ifNull(attributes.language, 'MISSING') as language,
        -- The channel's own word on its country goes before the third party's.
        coalesce(nullIf(account.country, ''), attributes.country, 'MISSING') as country,
        ifNull(attributes.profile_type, 'MISSING') as profile_type,
        ifNull(attributes.is_blacklisted, false) as is_blacklisted,
        account.subscribers as subscribers,
        {{ follower_group('account.subscribers') }} as follower_group,
        account.uploads as uploads,
        account.views as views,
        summary.video_count as video_count,
        summary.shorts_count as shorts_count,
        summary.avg_videos_per_week as avg_videos_per_week,
        summary.last_video_at as last_video_at,
        summary.top_video_shortcode as top_video_shortcode,
        summary.avg_views as avg_views,
        summary.avg_shorts_views as avg_shorts_views,
        summary.avg_likes as avg_likes,
        summary.avg_comments as avg_comments,
        summary.views_spread as views_spread,
        {{ percent_of('summary.avg_likes + summary.avg_comments', 'account.subscribers') }} as engagement_rate,
        growth.followers_growth7d as followers_growth7d,
        growth.followers_growth30d as followers_growth30d,
        growth.followers_growth90d as followers_growth90d,
        {%- for part in ['gender', 'age', 'city', 'language'] %}
        audience.audience_{{ part }} as audience_{{ part }},
        {%- endfor %}
        linked.ig_id as linked_ig_id,
        linked.ig_handle as linked_ig_handle,
        coalesce(attributes.search_phrase, lowerUTF8(ifNull(account.title, ''))) as search_phrase,
        account.created_at as created_at,
        account.updated_at as updated_at
    from {{ ref('stg_beat_youtube_account') }} as account
    left join (select * from {{ ref('mart_profile_attributes') }} where platform = 'YOUTUBE') as attributes on attributes.profile_id = account.channel_id
    left join {{ ref('mart_youtube_account_summary') }} as summary on summary.channel_id = account.channel_id
    left join growth on growth.profile_id = account.channel_id
    left join (select * from {{ ref('mart_audience_info') }} where platform = 'YOUTUBE') as audience on audience.profile_id = account.channel_id
    left join {{ ref('mart_linked_socials') }} as linked on linked.channel_id = account.channel_id
    settings join_use_nulls = 1
),

{{ graded_among_peers('joined', metrics, 'subscribers') }}
