{#- Half of the creators have a channel; a tenth more is known on YouTube only. -#}
{% macro gen_has_channel(a) -%}
  {{ gen_chance('yt.exists', a, 0.5) }}
{%- endmacro %}

{% macro gen_youtube_accounts(window) %}
insert into beat_replica.youtube_account
{{ gen_bindings(window) }},
  creators as (select number as a from numbers({{ window.accounts + window.accounts // 10 }}) where {{ gen_has_channel('number') }})
select
  if({{ gen_chance('yt.no_id', 'a', 0.002) }}, null, a + 1) as id,
  if({{ gen_chance('yt.no_channel_id', 'a', 0.001) }}, null, {{ gen_channel_id('a') }}) as channel_id,
  if({{ gen_chance('yt.no_url', 'a', 0.05) }}, null, concat('@', {{ gen_handle('a') }})) as custom_url,
  initcap(replaceAll({{ gen_handle('a') }}, '.', ' ')) as title,
  {{ gen_bio('a + 7') }} as description,
  if({{ gen_chance('yt.hidden', 'a', 0.02) }}, null, {{ gen_followers('a', 'd', 'yt') }}) as subscribers,
  toInt64(150 * {{ gen_uniform('yt.uploads', 'a') }}) + intDiv(d - day0, 4) as uploads,
  toInt64({{ gen_followers('a', 'd', 'yt') }} * (40 + 120 * {{ gen_uniform('yt.views', 'a') }})) as views,
  concat('https://cdn.example.com/yt/', toString(a), '.jpg') as thumbnail,
  if({{ gen_chance('yt.no_country', 'a', 0.1) }}, null, {{ gen_country('a') }}) as country,
  {{ gen_chance('yt.hidden', 'a', 0.02) }} as is_subscriber_count_hidden,
  toDateTime((day0 - 30 - a % 900) * 86400, 'UTC') as created_at,
  updated_at,
  updated_at + {{ gen_delay('yt.arrival', 'a') }} % 60 as ingested_at
from {{ gen_crawls('yt') }}
{% endmacro %}

{#- Videos, each crawled about three hours, two days and twelve days after its publication. -#}
{% macro gen_youtube_videos(window) %}
insert into beat_replica.youtube_video
{{ gen_bindings(window) }}
select
  if({{ gen_chance('video.no_id', 'key', 0.001) }}, null, key) as id,
  concat('yt', lower(hex(key))) as shortcode,
  if({{ gen_chance('video.no_channel', 'key', 0.001) }}, null, {{ gen_channel_id('a') }}) as channel_id,
  concat({{ gen_category('a') }}, ': "', {{ gen_pick('video.title', 'key', [("'10 tips'", 1), ("'my story'", 1), ("'क्या आप जानते हैं?'", 1), ("'vlog\\t#1'", 1)]) }}, '"') as title,
  {{ gen_bio('key + 3') }} as description,
  {{ gen_pick('video.type', 'key', [("'video'", 3), ("'shorts'", 2)]) }} as post_type,
  {{ gen_category('a') }} as category,
  if(post_type = 'shorts', 15 + key % 45, toUInt32(120 + 900 * {{ gen_uniform('video.length', 'key') }})) as duration_seconds,
  if(ignored, 0, toInt64((followers + 10) * 0.6 * ripeness * luck * luck * if(post_type = 'shorts', 1.5, 1))) as views,
  toInt64(views * 0.035 * exp(0.3 * {{ gen_normal('video.likes', 'key') }})) as likes,
  if({{ gen_chance('video.no_comments', 'key', 0.03) }}, null, toInt64(likes * 0.04)) as comments,
  toDateTime(published, 'UTC') as publish_time,
  publish_time + 600 as created_at,
  toDateTime(crawled, 'UTC') as updated_at,
  toDateTime(arrived, 'UTC') as ingested_at
from (
  select
    a, key, published, crawled,
    crawled + {{ gen_delay('video.arrival', 'key, version') }} as arrived,
    {{ gen_followers('a', 'd', 'yt') }} as followers,
    exp(0.6 * {{ gen_normal('video.luck', 'key') }}) as luck,
    1 - exp(-(crawled - published) / 200000) as ripeness,
    {{ gen_chance('video.ignored', 'key', 0.01) }} as ignored
  from (
    select
      a, d, key, published, version,
      published + arrayElement([10800, 172800, 1036800], version) + toUInt32(14000 * {{ gen_uniform('video.crawl', 'key, version') }}) as crawled
    from (
      select
        a, d, arrayJoin(range({{ gen_posts_of_day('a', 'd', 'yt', 1.2) }})) as k,
        a * 100000000 + d * 1000 + k as key,
        d * 86400 + {{ gen_publish_second('a', 'd', 'k', 'yt') }} as published,
        arrayJoin(if({{ gen_chance('video.twice', 'key', 0.01) }}, [1, 2, 2, 3], [1, 2, 3])) as version
      from {{ gen_creator_days(window, window.accounts + window.accounts // 10, 14) }}
      where {{ gen_has_channel('a') }}
    )
  )
)
where arrived > toUInt32(begins_at) and arrived <= toUInt32(ends_at)
{% endmacro %}
