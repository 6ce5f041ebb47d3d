{{
    config(
        order_by='(month, platform, platform_id)',
        tags=['daily', 'leaderboard'],
        query_settings=spill_settings(join_algorithm='partial_merge'),
    )
}}

{% set boards = [
    {'model': 'mart_instagram_leaderboard', 'platform': 'INSTAGRAM', 'profile_platform': "'INSTAGRAM'", 'ia_views': 'views', 'yt_views': '0'},
    {'model': 'mart_youtube_leaderboard', 'platform': 'YOUTUBE', 'profile_platform': "'YOUTUBE'", 'ia_views': '0', 'yt_views': 'views'},
    {'model': 'mart_cross_platform_leaderboard', 'platform': 'ALL', 'profile_platform': 'profile_platform', 'ia_views': 'ia_views', 'yt_views': 'yt_views'},
] %}

{% for board in boards -%}
select
    month,
    language,
    category,
    toLowCardinality('{{ board.platform }}') as platform,
    profile_type,
    handle,
    followers,
    engagement_rate,
    avg_likes,
    avg_comments,
    avg_views,
    avg_plays,
    followers_rank,
    followers_change_rank,
    views_rank,
    platform_id,
    country,
    views,
    toNullable(toInt64({{ board.yt_views }})) as yt_views,
    toNullable(toInt64({{ board.ia_views }})) as ia_views,
    toUInt32(uploads) as uploads,
    prev_followers,
    prev_views,
    prev_plays,
    followers_change,
    likes,
    comments,
    plays,
    engagement,
    plays_rank,
    toLowCardinality({{ board.profile_platform }}) as profile_platform,
    enabled,
    last_month_ranks,
    current_month_ranks
from {{ ref(board.model) }}
{{ 'union all' if not loop.last }}
{% endfor %}
