{#-
  Statistics of profiles, written once for all profiles (post_ranker, nightly) and once for those that changed lately (post_ranker_partial, every five
  minutes). `changed` is the relation that names the latter, one row per `profile_id`; none means all.
-#}

{% macro instagram_posts_with_ranks(changed=none) -%}
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
    {%- if changed %} and p.profile_id in (select profile_id from {{ changed }}){% endif %}
    settings final = 1
)

-- Ties are broken by id, so that a rank names one post.
select
    *,
    toUInt32(row_number() over (partition by profile_id order by publish_time desc, id desc)) as recency_rank,
    toUInt32(row_number() over (partition by profile_id, post_type order by publish_time desc, id desc)) as recency_rank_in_type,
    toUInt32(row_number() over (partition by profile_id order by engagement desc, id desc)) as engagement_rank
from posts
{%- endmacro %}

{% macro instagram_account_summary(ranked_posts) -%}
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
from {{ ranked_posts }} as p
group by profile_id
{%- endmacro %}

{% macro youtube_videos_with_ranks(changed=none) -%}
with videos as (
    select
        assumeNotNull(v.id) as id,
        assumeNotNull(v.channel_id) as channel_id,
        v.shortcode as shortcode,
        v.post_type as post_type,
        assumeNotNull(v.publish_time) as publish_time,
        v.duration_seconds as duration_seconds,
        v.views as views,
        v.likes as likes,
        v.comments as comments
    from {{ ref('stg_beat_youtube_video') }} as v
    where v.id is not null and v.channel_id is not null and v.publish_time is not null
    {%- if changed %} and v.channel_id in (select channel_id from {{ changed }}){% endif %}
    settings final = 1
)

select
    *,
    toUInt32(row_number() over (partition by channel_id order by publish_time desc, id desc)) as recency_rank,
    toUInt32(row_number() over (partition by channel_id order by views desc, id desc)) as views_rank
from videos
{%- endmacro %}

{% macro youtube_account_summary(ranked_videos) -%}
select
    channel_id,
    count() as video_count,
    countIf(post_type = 'shorts') as shorts_count,
    max(v.publish_time) as last_video_at,
    count() / greatest(1, dateDiff('day', min(v.publish_time), {{ stir_now() }}) / 7) as avg_videos_per_week,
    avg(v.views) as avg_views,
    avgIf(v.views, post_type = 'shorts') as avg_shorts_views,
    avg(v.likes) as avg_likes,
    avg(v.comments) as avg_comments,
    100 * stddevPop(v.views) / avg(v.views) as views_spread,
    argMin(v.shortcode, v.views_rank) as top_video_shortcode
from {{ ranked_videos }} as v
group by channel_id
{%- endmacro %}

{#- The parts of a day in which people post, four of six hours. -#}
{% macro day_part(moment) -%}
  arrayElement(['night', 'morning', 'afternoon', 'evening'], intDiv(toHour({{ moment }}), 6) + 1)
{%- endmacro %}
