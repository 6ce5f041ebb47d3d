{#-
  Posts that belong to collections: each collection draws creators and days; a day on which the creator posted gives an item,
  added a few hours after the post.
  Rows (collection, a, d, key, published, added).
-#}
{% macro gen_collection_posts(window, reach_back) -%}
  {%- set first_day = [window.day0, window.begin_day - reach_back] | max -%}
  (
    select
      collection, a, d, a * 100000000 + d * 1000 as key,
      d * 86400 + {{ gen_publish_second('a', 'd', '0') }} as published,
      published + 1800 + key % 7200 as added
    from (
      select
        intDiv(number, {{ window.end_day - first_day + 1 }}) as collection,
        toUInt32({{ first_day }} + number % {{ window.end_day - first_day + 1 }}) as d,
        cityHash64(seed, 'collected', collection, d) % accounts as a
      from numbers({{ gen_coffee_sizes(window).collections * (window.end_day - first_day + 1) }})
    )
    where {{ gen_posts_of_day('a', 'd') }} > 0
  )
{%- endmacro %}

{% macro gen_collection_item_rows(window) %}
insert into coffee.post_collection_item
{{ gen_bindings(window) }}
select
  collection * 100000 + d, collection + 1, 'INSTAGRAM', lower(hex(key)), if({{ gen_chance('item.nobody', 'key', 0.03) }}, null, {{ gen_ig_id('a') }}),
  {{ gen_pick('post.type', 'key', [("'reels'", 5), ("'image'", 3), ("'carousel'", 2)]) }},
  if({{ gen_chance('item.free', 'key', 0.3) }}, null, toDecimal64(round(500 * exp({{ gen_normal('item.cost', 'key') }}), 2), 2)),
  {{ gen_chance('item.hidden', 'key', 0.03) }},
  toDateTime(added, 'UTC') as created_at, created_at
from {{ gen_collection_posts(window, 2) }}
where created_at > begins_at and created_at <= ends_at
{% endmacro %}

{#-
  Posts in collections are measured once a day for two weeks. Now and then a bot farm finds one: for a day its likes grow far beyond what its reach explains,
  which is what the marts of the collections leave out.
-#}
{% macro gen_post_events(window) %}
insert into _e.post_log_events
{{ gen_bindings(window) }}
select
  concat('post-', toString(collection), '-', lower(hex(key)), '-', toString(age)) as event_id,
  toDateTime(published + age * 86400 + key % 3600, 'UTC') as event_timestamp,
  event_timestamp + key % 40 as insert_timestamp,
  'INSTAGRAM', {{ gen_ig_id('a') }}, lower(hex(key)), toDateTime(published, 'UTC'), 'crawler',
  if({{ gen_chance('event.partial', 'key, age', 0.05) }}, '{"saved":1}', concat('{"likes":', toString(likes), ',"comments":', toString(intDiv(likes, 60)), ',"plays":', toString(likes * 25), ',"reach":', toString(likes * 12), '}')),
  concat('{"handle":', toJSONString({{ gen_handle('a') }}), '}')
from (
  select
    *, arrayJoin(range(1, 15)) as age,
    toUInt64(({{ gen_followers('a', 'd') }} + 25) * exp(-3.3 + 0.6 * {{ gen_normal('post.rate', 'a') }}) * exp(0.55 * {{ gen_normal('post.luck', 'key') }}) * (1 - exp(-age / 1.6))
      * if({{ gen_chance('event.bots', 'key', 0.04) }} and age >= 5, 6, 1)) as likes
  from {{ gen_collection_posts(window, 18) }}
)
where insert_timestamp > begins_at and insert_timestamp <= ends_at
{% endmacro %}

{#- Comments under the posts of collections. -#}
{% macro gen_comments(window) %}
insert into beat_replica.instagram_post_comment
{{ gen_bindings(window) }}
select
  cityHash64('comment', collection, key, k) as id, concat('c', toString(id)), lower(hex(key)), {{ gen_ig_id('a') }},
  if({{ gen_chance('comment.gone', 'id', 0.05) }}, null, {{ gen_handle('id % 100000') }}),
  {{ gen_pick('comment.text', 'id', [("'love this ❤️'", 3), ("'nice'", 3), ("'बहुत अच्छा'", 2), ("'fake promotion, hate it'", 1), ("'price?'", 2), ("''", 1), ("null", 1)]) }},
  id % 30, toDateTime(published + 600 + id % 80000, 'UTC') as publish_time, publish_time + 3600 as updated_at
from (select *, arrayJoin(range(toUInt8(8 * {{ gen_uniform('comment.count', 'key') }}))) as k from {{ gen_collection_posts(window, 3) }})
where updated_at > begins_at and updated_at <= ends_at
{% endmacro %}

{#- The orders of the window, some a day. Rows (d, id, placed_at); each has items (gen_order_items). -#}
{% macro gen_order_rows(window) -%}
  {%- set first_day = [window.day0, window.begin_day - 1] | max -%}
  {%- set per_day = 1 + window.accounts // 500 -%}
  (
    select
      intDiv(number, {{ per_day }}) + {{ first_day }} as d, d * 1000 + number % {{ per_day }} as id,
      toDateTime(d * 86400 + toUInt32(86399 * {{ gen_uniform('order.clock', 'id') }}), 'UTC') as placed_at
    from numbers({{ per_day * (window.end_day - first_day + 1) }})
    where placed_at > begins_at and placed_at <= ends_at
  )
{%- endmacro %}

{% macro gen_orders(window) %}
{%- set sizes = gen_coffee_sizes(window) %}
insert into coffee.orders
{{ gen_bindings(window) }}
select
  id, concat('GCC-', toString(id)), 1 + cityHash64(seed, 'order.partner', id) % {{ sizes.partners }},
  if({{ gen_chance('order.free', 'id', 0.2) }}, null, 1 + id % {{ sizes.campaigns }}),
  {{ gen_pick('order.status', 'id', [("'PAID'", 6), ("'PENDING'", 2), ("'CANCELLED'", 1), ("'REFUNDED'", 1)]) }},
  {{ gen_pick('order.currency', 'id', [("'INR'", 9), ("'AED'", 1)]) }},
  toDecimal64(if({{ gen_chance('order.discounted', 'id', 0.3) }}, round(500 * {{ gen_uniform('order.discount', 'id') }}, 2), 0), 2),
  toDecimal32(18, 2), placed_at, placed_at, placed_at + 60
from {{ gen_order_rows(window) }}
{% endmacro %}

{% macro gen_order_items(window) %}
insert into coffee.order_item
{{ gen_bindings(window) }}
select
  id * 10 + k, id,
  if({{ gen_chance('order_item.nobody', 'id, k', 0.05) }}, null, {{ gen_ig_id("cityHash64(seed, 'order_item.profile', id, k) % " ~ window.accounts) }}),
  {{ gen_pick('order_item.kind', 'id, k', [("'REEL'", 3), ("'STORY'", 2), ("'POST'", 2)]) }}, 1 + cityHash64(seed, 'order_item.quantity', id, k) % 3,
  toDecimal64(round(800 * exp({{ gen_normal('order_item.price', 'id, k') }}), 2), 2), placed_at, placed_at + 60
from (select *, arrayJoin(range(1, toUInt8(2 + id % 4))) as k from {{ gen_order_rows(window) }})
{% endmacro %}

{% macro gen_activity(window) %}
{%- set sizes = gen_coffee_sizes(window) %}
insert into coffee.activity_log
{{ gen_bindings(window) }}
select
  d * 100000 + number % 20 as id, if({{ gen_chance('activity.nobody', 'id', 0.02) }}, null, 1 + id % 50),
  1 + cityHash64(seed, 'activity.partner', id) % {{ sizes.partners }},
  {{ gen_pick('activity.action', 'id', [("'VIEW'", 6), ("'EXPORT'", 1), ("'EDIT'", 2), ("'SHARE'", 1)]) }},
  {{ gen_pick('activity.entity', 'id', [("'POST_COLLECTION'", 3), ("'PROFILE'", 2), ("'CAMPAIGN'", 1)]) }},
  1 + cityHash64(seed, 'activity.id', id) % {{ sizes.collections }},
  toDateTime(d * 86400 + toUInt32(86399 * {{ gen_uniform('activity.clock', 'id') }}), 'UTC') as created_at, created_at
from (
  select number, intDiv(number, 20) + {{ [window.day0, window.begin_day - 1] | max }} as d
  from numbers({{ 20 * (window.end_day - ([window.day0, window.begin_day - 1] | max) + 1) }})
)
where created_at > begins_at and created_at <= ends_at
{% endmacro %}
