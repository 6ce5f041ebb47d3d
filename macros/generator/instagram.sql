{#- Profiles as last crawled. A few have no id, no handle or no follower count. -#}
{% macro gen_instagram_accounts(window) %}
insert into beat_replica.instagram_account
{{ gen_bindings(window) }},
  creators as (select number as a from numbers({{ window.accounts }}))
select
  if({{ gen_chance('ig.no_id', 'a', 0.002) }}, null, a + 1) as id,
  if({{ gen_chance('ig.no_profile_id', 'a', 0.001) }}, null, {{ gen_ig_id('a') }}) as profile_id,
  if({{ gen_chance('ig.no_handle', 'a', 0.01) }}, null, {{ gen_handle('a') }}) as handle,
  initcap(replaceAll({{ gen_handle('a') }}, '.', ' ')) as full_name,
  {{ gen_bio('a') }} as biography,
  toInt64(exp(5.5 + 1.1 * {{ gen_normal('ig.following', 'a') }})) as following,
  if({{ gen_chance('ig.no_count', 'a', 0.003) }}, null, {{ gen_followers('a', 'd') }}) as followers,
  toInt64(200 * {{ gen_uniform('ig.media', 'a') }}) + 2 * (d - day0) as media_count,
  concat('https://cdn.example.com/ig/', toString(a), '.jpg') as profile_pic_url,
  if({{ gen_chance('ig.url', 'a', 0.4) }}, concat('https://example.com/', toString(a), '?ref="ig"&x=1'), null) as external_url,
  {{ gen_chance('ig.private', 'a', 0.04) }} as is_private,
  {{ gen_chance('ig.verified', 'a', 0.06) }} as is_verified,
  {{ gen_chance('ig.business', 'a', 0.6) }} as is_business_or_creator,
  if({{ gen_chance('ig.own_category', 'a', 0.7) }}, {{ gen_category('a') }}, null) as category,
  toDateTime((day0 - 30 - a % 700) * 86400, 'UTC') as created_at,
  updated_at,
  updated_at + {{ gen_delay('ig.arrival', 'a') }} % 60 as ingested_at
from {{ gen_crawls('ig') }}
{% endmacro %}

{#-
  Posts, each crawled about two hours, one day and eight days after its publication. Each crawl is a row version with grown metrics;
  few versions arrive twice, few posts have no id, a fiftieth belongs to creators that no crawler knows.
-#}
{% macro gen_instagram_posts(window) %}
insert into beat_replica.instagram_post_simple
{{ gen_bindings(window) }}
select
  if({{ gen_chance('post.no_id', 'key', 0.001) }}, null, key) as id,
  if({{ gen_chance('post.no_profile', 'key', 0.001) }}, null, {{ gen_ig_id('a') }}) as profile_id,
  if({{ gen_chance('post.no_handle', 'key', 0.005) }}, null, {{ gen_handle('a') }}) as handle,
  concat(toString(key), '_', {{ gen_ig_id('a') }}) as post_id,
  {{ gen_pick('post.type', 'key', [("'reels'", 5), ("'image'", 3), ("'carousel'", 2)]) }} as post_type,
  if({{ gen_chance('post.no_caption', 'key', 0.03) }}, null, concat(
    {{ gen_bio('key') }}, ' #', lower({{ gen_category('a') }}), ' #',
    {{ gen_pick('post.tag', 'key', [("'reelitfeelit'", 2), ("'love'", 3), ("'diwali'", 1), ("'ootd'", 1), ("'यात्रा'", 1), ("'ad'", 1)]) }})) as caption,
  if(ignored, 0, toInt64((followers + 25) * rate * ripeness * luck)) as likes,
  if(post_type = 'reels', toInt64(plays * 0.9), null) as views,
  if(post_type = 'reels', if(ignored, 0, toInt64((followers + 30) * 1.2 * ripeness * luck * luck)), null) as plays,
  if(ignored, 0, toInt64(likes * exp(-4 + 0.5 * {{ gen_normal('post.comments', 'key') }}))) as comments,
  if(connected, toInt64((followers + 20) * 0.35 * ripeness * luck), null) as reach,
  if(connected, toInt64(likes * 0.06), null) as saved,
  if(connected, toInt64(likes * 0.04), null) as shares,
  if(connected, toInt64(reach * 1.25), null) as impressions,
  if(connected, likes + comments + saved + shares, null) as interactions,
  likes + comments as engagement,
  lower(hex(key)) as shortcode,
  concat('https://cdn.example.com/p/', shortcode, '.jpg') as display_url,
  concat('https://cdn.example.com/t/', shortcode, '.jpg?w=150&h=150') as thumbnail_url,
  toDateTime(crawled, 'UTC') as updated_at,
  toDateTime(published, 'UTC') + 600 as created_at,
  toDateTime(published, 'UTC') as publish_time,
  if({{ gen_chance('post.sponsored', 'key', 0.07) }}, 'sponsored', if(post_type = 'reels', 'clip', 'feed')) as content_type,
  null as taps_forward, null as taps_back, null as exits, null as replies, null as navigation,
  if(connected, toInt64(reach * 0.02), null) as profile_activity,
  if(connected, toInt64(reach * 0.015), null) as profile_visits,
  if(connected, toInt64(reach * 0.003), null) as follows,
  if(connected and post_type = 'reels', plays, null) as video_views,
  toDateTime(arrived, 'UTC') as ingested_at
from (
  select
    a, key, published, crawled,
    crawled + {{ gen_delay('post.arrival', 'key, version') }} as arrived,
    {{ gen_followers('a', 'd') }} as followers,
    exp(-3.3 + 0.6 * {{ gen_normal('post.rate', 'a') }}) * pow(followers + 1, -0.04) as rate,
    exp(0.55 * {{ gen_normal('post.luck', 'key') }}) * if({{ gen_chance('post.viral', 'key', 0.01) }}, 4, 1) as luck,
    1 - exp(-(crawled - published) / 100000) as ripeness,
    {{ gen_chance('post.ignored', 'key', 0.006) }} as ignored,
    {{ gen_is_connected('a') }} as connected
  from (
    select
      a, d, key, published, version,
      published + arrayElement([7200, 93600, 691200], version) + toUInt32(14000 * {{ gen_uniform('post.crawl', 'key, version') }}) as crawled
    from (
      select
        a, d, arrayJoin(range({{ gen_posts_of_day('a', 'd') }})) as k,
        a * 100000000 + d * 1000 + k as key,
        d * 86400 + {{ gen_publish_second('a', 'd', 'k') }} as published,
        arrayJoin(if({{ gen_chance('post.twice', 'key', 0.01) }}, [1, 2, 2, 3, 3], [1, 2, 3])) as version
      from {{ gen_creator_days(window, window.accounts + window.accounts // 50, 10) }}
    )
  )
)
where arrived > toUInt32(begins_at) and arrived <= toUInt32(ends_at)
{% endmacro %}

{#- What Instagram itself tells of connected accounts: one row per account and day, written the morning after. -#}
{% macro gen_instagram_profile_insights(window) %}
insert into beat_replica.instagram_profile_insights
{{ gen_bindings(window) }}
select
  a * 100000 + d as id,
  {{ gen_ig_id('a') }} as profile_id,
  toDate(d) as metric_date,
  toInt64({{ gen_followers('a', 'd') }} * 0.3 * exp(0.4 * {{ gen_normal('insight.reach', 'a, d') }})) as reach,
  toInt64(reach * 1.6) as impressions,
  toInt64(reach * 0.05) as profile_views,
  if({{ gen_chance('insight.no_clicks', 'a, d', 0.1) }}, null, toInt64(reach * 0.004)) as website_clicks,
  toDateTime((d + 1) * 86400 + 1800 + a % 3600, 'UTC') as updated_at
from {{ gen_creator_days(window, window.accounts, 2) }}
where {{ gen_is_connected('a') }} and updated_at > begins_at and updated_at <= ends_at
{% endmacro %}

{#- Stories of connected accounts, final a day after publication. -#}
{% macro gen_instagram_stories(window) %}
insert into beat_replica.instagram_story
{{ gen_bindings(window) }}
select
  a * 100000000 + d * 1000 + k as id,
  {{ gen_ig_id('a') }} as profile_id,
  concat('story_', lower(hex(id))) as story_id,
  {{ gen_pick('story.type', 'id', [("'image'", 2), ("'video'", 3)]) }} as story_type,
  toInt64({{ gen_followers('a', 'd') }} * 0.08 * exp(0.5 * {{ gen_normal('story.reach', 'id') }})) as reach,
  toInt64(reach * 1.15) as impressions,
  toInt64(reach * 0.006) as replies,
  toInt64(reach * 0.1) as exits,
  toInt64(reach * 0.7) as taps_forward,
  toInt64(reach * 0.05) as taps_back,
  toDateTime(d * 86400 + {{ gen_publish_second('a', 'd', 'k', 'story') }}, 'UTC') as publish_time,
  publish_time + interval 1 day as updated_at
from (
  select a, d, arrayJoin(range({{ gen_posts_of_day('a', 'd', 'story', 3) }})) as k
  from {{ gen_creator_days(window, window.accounts, 3) }}
  where {{ gen_is_connected('a') }}
)
where updated_at > begins_at and updated_at <= ends_at
{% endmacro %}
