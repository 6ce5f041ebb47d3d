{#-
  The invented creators. A creator is an index `a`; whatever is true of one is a function of it, so that posts, events and
  accounts written by separate statements agree. `day0` is the first day of the generated history, `d` any later day.
-#}

{#- Instagram's own id of the creator's account. -#}
{% macro gen_ig_id(a) -%}
  toString(17841400000000000 + {{ a }} * 7919)
{%- endmacro %}

{#- YouTube's id of the creator's channel. -#}
{% macro gen_channel_id(a) -%}
  concat('UC', leftPad(lower(hex(cityHash64('channel', {{ a }}))), 16, '0'), leftPad(toString({{ a }} % 1000000), 6, '0'))
{%- endmacro %}

{% macro gen_handle(a) -%}
  concat(
    {{ gen_pick('handle.first', a, [("'the'", 1), ("'its'", 1), ("'real'", 1), ("'desi'", 1), ("'official'", 1), ("'mr'", 1), ("'mumbai'", 1), ("'daily'", 1)]) }},
    '.',
    {{ gen_pick('handle.second', a, [("'foodie'", 1), ("'ananya'", 1), ("'rohit'", 1), ("'wanderer'", 1), ("'glow'", 1), ("'techie'", 1), ("'fatima'", 1), ("'gamer'", 1), ("'chef'", 1), ("'vlogs'", 1)]) }},
    '_', toString({{ a }}))
{%- endmacro %}

{% macro gen_country(a) -%}
  {{ gen_pick('country', a, [("'IN'", 32), ("'AE'", 3), ("'US'", 2), ("'ID'", 1), ("'BD'", 1), ("'NP'", 1)]) }}
{%- endmacro %}

{% macro gen_language(a) -%}
  {{ gen_pick('language', a, [("'hi'", 12), ("'en'", 12), ("'ta'", 4), ("'te'", 4), ("'mr'", 3), ("'bn'", 2), ("'pa'", 2), ("'ar'", 1)]) }}
{%- endmacro %}

{% macro gen_category(a) -%}
  {{ gen_pick('category', a, [("'Fashion'", 6), ("'Beauty'", 5), ("'Food'", 5), ("'Travel'", 4), ("'Comedy'", 4), ("'Fitness'", 3), ("'Technology'", 3), ("'Gaming'", 3), ("'Music'", 3), ("'Education'", 2), ("'Finance'", 1), ("'Parenting'", 1)]) }}
{%- endmacro %}

{% macro gen_profile_type(a) -%}
  {{ gen_pick('profile_type', a, [("'CREATOR'", 16), ("'BRAND'", 2), ("'CELEBRITY'", 1), ("'MEDIA'", 1)]) }}
{%- endmacro %}

{% macro gen_city(a) -%}
  {{ gen_pick('city', a, [("'Mumbai'", 5), ("'Delhi'", 5), ("'Bengaluru'", 3), ("'Hyderabad'", 2), ("'Chennai'", 2), ("'Kolkata'", 2), ("'Pune'", 2), ("'Dubai'", 1), ("'Jaipur'", 1), ("'Lucknow'", 1)]) }}
{%- endmacro %}

{#- Followers on day `d`: heavy-tailed at the start, growth that compounds at the creator's own monthly rate, a weekly swing. One in 200 has none. -#}
{% macro gen_followers(a, d, platform='ig') -%}
  if({{ gen_chance(platform ~ '.nobody', a, 0.005) }}, 0, toInt64(least(
    4e8,
    exp(8.6 + 2.05 * {{ gen_normal(platform ~ '.size', a) }})
      * exp((0.015 + 0.03 * {{ gen_normal(platform ~ '.growth', a) }}) * (toInt64({{ d }}) - toInt64(day0)) / 30)
      * (1 + 0.004 * sin(2 * pi() * ({{ d }} + {{ a }} % 7) / 7)))))
{%- endmacro %}

{#- Posts of day `d`: the creator's own rate, more at the end of the week. One in twenty never posts. -#}
{% macro gen_posts_of_day(a, d, platform='ig', per_week=2.4) -%}
  if({{ gen_chance(platform ~ '.silent', a, 0.05) }}, 0, least(6, toUInt8(floor(
    {{ per_week }} / 7 * exp(0.7 * {{ gen_normal(platform ~ '.pace', a) }})
      * arrayElement([0.8, 0.85, 0.9, 1.0, 1.15, 1.3, 1.2], toDayOfWeek(toDate({{ d }})))
      + {{ gen_uniform(platform ~ '.posts', a ~ ', ' ~ d) }}))))
{%- endmacro %}

{#- Second of the day at which post `k` of a day is published: few at night, most in the evening. -#}
{% macro gen_publish_second(a, d, k, platform='ig') -%}
  toUInt32(86399 * pow({{ gen_uniform(platform ~ '.clock', a ~ ', ' ~ d ~ ', ' ~ k) }}, 0.55))
{%- endmacro %}

{#- A creator who connected the account, so that the platform's own insights are known. -#}
{% macro gen_is_connected(a) -%}
  {{ gen_chance('connected', a, 0.35) }}
{%- endmacro %}

{#- Text that real people write and that breaks naive exports. -#}
{% macro gen_bio(a) -%}
  arrayElement([
    'Foodie | Mumbai | DM for collabs',
    'She said "follow me"\nso you should',
    'Tab\there, back\\slash there, and a C:\\new\\table',
    'Mom of two 👶👶 ✨ it''s a mess 🧿',
    'صانع محتوى من دبي — تابعوني',
    'ज़िंदगी के छोटे पल 🙏 हर रोज़',
    'https://example.com/?a=1&b=2;\r\nline two',
    '',
    'NULL',
    '\\N',
    '{"json": [1, 2]} <b>bold</b> %s ''; drop table x; --',
    'தமிழ் சமையல் · বাংলা গান · తెలుగు'
  ], 1 + cityHash64(seed, 'bio', {{ a }}) % 12)
{%- endmacro %}

{#-
  Seconds between the change of a row and its arrival in the replica. Most come within a minute, one in twelve up to four hours late,
  and a marked few (arrival more than four hours after the change) later than the incremental models look back.
-#}
{% macro gen_delay(salt, key) -%}
  multiIf(
    {{ gen_chance(salt ~ '.very_late', key, 0.005) }}, 18000 + toUInt32(90000 * {{ gen_uniform(salt ~ '.delay', key) }}),
    {{ gen_chance(salt ~ '.late', key, 0.08) }}, toUInt32(14340 * {{ gen_uniform(salt ~ '.delay', key) }}),
    toUInt32(60 * {{ gen_uniform(salt ~ '.delay', key) }}))
{%- endmacro %}
