{#- What the crawler was asked to do: some requests every hour, the newest still under way. -#}
{% macro gen_scrape_requests(window) %}
{%- set first_day = [window.day0, window.begin_day - 1] | max %}
{%- set per_hour = 3 + window.accounts // 200 %}
insert into beat_replica.scrape_request_log
{{ gen_bindings(window) }}
select
  hour * 100000 + number % {{ per_hour }} as id,
  {{ gen_pick('scrape.flow', 'id', [("'refresh_profile'", 5), ("'refresh_posts'", 4), ("'refresh_insights'", 2), ("'refresh_comments'", 1)]) }},
  {{ gen_pick('scrape.platform', 'id', [("'INSTAGRAM'", 3), ("'YOUTUBE'", 1)]) }},
  concat('{"profile_id":"', {{ gen_ig_id('id % accounts') }}, '"}'),
  multiIf(created_at > ends_at - 600, 'PENDING', {{ gen_chance('scrape.failed', 'id', 0.04) }}, 'FAILED', 'COMPLETE') as status,
  cityHash64(seed, 'scrape.retry', id) % 3,
  toDateTime(hour * 3600 + cityHash64(seed, 'scrape.second', id) % 3600, 'UTC') as created_at,
  if(status = 'PENDING', null, created_at + 5 + id % 60) as picked_at,
  if(status = 'COMPLETE', picked_at + 2 + id % 40, null),
  coalesce(picked_at + 60, created_at)
from (
  select number, toUInt64({{ first_day * 24 }} + intDiv(number, {{ per_hour }})) as hour
  from numbers({{ per_hour * 24 * (window.end_day - first_day + 1) }})
)
where created_at > begins_at and created_at <= ends_at
{% endmacro %}

{#- Pictures to be copied: those of each creator's posts on one day in twelve. -#}
{% macro gen_assets(window) %}
insert into beat_replica.asset_log
{{ gen_bindings(window) }}
select
  a * 100000 + d as id, lower(hex(a * 100000000 + d * 1000)), 'POST', 'INSTAGRAM',
  {{ gen_pick('asset.type', 'id', [("'IMAGE'", 3), ("'VIDEO'", 1)]) }},
  concat('https://cdn.example.com/p/', toString(id)), if(status = 'DONE', concat('s3://assets/', toString(id)), null),
  {{ gen_pick('asset.status', 'id', [("'DONE'", 8), ("'FAILED'", 1), ("'PENDING'", 1)]) }} as status,
  toDateTime(d * 86400 + a % 80000, 'UTC') as updated_at
from {{ gen_creator_days(window, window.accounts, 1) }}
where {{ gen_chance('asset', 'a, d', 0.08) }} and updated_at > begins_at and updated_at <= ends_at
{% endmacro %}

{#- What Instagram tells of the posts of connected accounts, a day after publication. -#}
{% macro gen_instagram_post_insights(window) %}
insert into beat_replica.instagram_post_insights
{{ gen_bindings(window) }}
select
  a * 100000000 + d * 1000 as id, {{ gen_ig_id('a') }}, lower(hex(id)),
  toInt64(({{ gen_followers('a', 'd') }} + 20) * 0.35 * {{ gen_uniform('insight.post', 'id') }}) as reach,
  toInt64(reach * 1.25), toInt64(reach * 0.01), toInt64(reach * 0.008),
  if({{ gen_pick('post.type', 'id', [("'reels'", 5), ("'image'", 3), ("'carousel'", 2)]) }} = 'reels', toInt64(reach * 1.4), null),
  toDateTime((d + 1) * 86400 + {{ gen_publish_second('a', 'd', '0') }}, 'UTC') as updated_at
from {{ gen_creator_days(window, window.accounts, 3) }}
where {{ gen_is_connected('a') }} and {{ gen_posts_of_day('a', 'd') }} > 0 and updated_at > begins_at and updated_at <= ends_at
{% endmacro %}
