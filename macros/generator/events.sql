{% macro gen_event_statements(window) %}
  {{ return([gen_profile_events(window, 'ig'), gen_profile_events(window, 'yt'), gen_post_events(window)]) }}
{% endmacro %}

{#- About one event per profile and day. One in ten days is missed, one event in twelve carries other metrics only, some counts are null, few events name no profile, few profiles are forgotten for six weeks. -#}
{% macro gen_profile_events(window, platform) %}
insert into _e.profile_log_events
{{ gen_bindings(window) }}
select
  concat('{{ platform }}-', toString(a), '-', toString(d)) as event_id,
  toDateTime(d * 86400 + toUInt32(86399 * {{ gen_uniform(platform ~ '.event.clock', 'a, d') }}), 'UTC') as event_timestamp,
  event_timestamp + a % 50 as insert_timestamp,
  '{{ 'INSTAGRAM' if platform == 'ig' else 'YOUTUBE' }}' as platform,
  if({{ gen_chance(platform ~ '.event.nobody', 'a, d', 0.001) }}, null, {{ gen_ig_id('a') if platform == 'ig' else gen_channel_id('a') }}) as profile_id,
  {{ gen_handle('a') }} as handle,
  'crawler' as source,
  {%- if platform == 'ig' %}
  multiIf(
    {{ gen_chance('ig.event.other', 'a, d', 0.08) }}, concat('{"media_count":', toString(a % 900), '}'),
    {{ gen_chance('ig.event.null', 'a, d', 0.01) }}, '{"followers":null,"following":null}',
    concat('{"followers":', toString({{ gen_followers('a', 'd') }}), ',"following":', toString(toInt64(exp(5.5 + 1.1 * {{ gen_normal('ig.following', 'a') }}))), '}')) as metrics,
  {%- else %}
  if({{ gen_chance('yt.event.other', 'a, d', 0.08) }}, concat('{"uploads":', toString(a % 150), '}'),
    concat('{"subscribers":', toString({{ gen_followers('a', 'd', 'yt') }}), ',"views":', toString(toInt64({{ gen_followers('a', 'd', 'yt') }} * (40 + 120 * {{ gen_uniform('yt.views', 'a') }}))), '}')) as metrics,
  {%- endif %}
  concat('{"handle":', toJSONString(handle), ',"country":"', {{ gen_country('a') }}, '"}') as dimensions
from {{ gen_creator_days(window, window.accounts + (window.accounts // 10 if platform == 'yt' else window.accounts // 50), 1) }}
where not {{ gen_chance(platform ~ '.event.missed', 'a, d', 0.1) }}
  and not ({{ gen_chance(platform ~ '.event.gap', 'a', 0.015) }} and d between day0 + 30 and day0 + 75)
  {%- if platform == 'yt' %} and {{ gen_has_channel('a') }}{% endif %}
  and insert_timestamp > begins_at and insert_timestamp <= ends_at
{% endmacro %}

{% macro gen_vidooly_statements(window) %}
  {{ return([gen_social_profiles(window)]) }}
{% endmacro %}

{#- A third party's view of nine in ten Instagram profiles and every channel: category, language, place, and which channel belongs to which profile. Dirty: words in any case, blanks, profiles named twice. -#}
{% macro gen_social_profiles(window) %}
insert into vidooly.social_profiles_new
{{ gen_bindings(window) }}
select
  a * 4 + (platform = 'YOUTUBE') * 2 + (copy = 2) as id,
  platform,
  if(platform = 'YOUTUBE', {{ gen_channel_id('a') }}, {{ gen_ig_id('a') }}) as profile_id,
  {{ gen_handle('a') }} as handle,
  {{ gen_chance('vidooly.no_category', 'a', 0.04) }} ? null : if(copy = 2, upper({{ gen_category('a') }}), {{ gen_category('a') }}) as category,
  {{ gen_chance('vidooly.no_language', 'a', 0.04) }} ? '' : {{ gen_language('a') }} as language,
  {{ gen_country('a') }} as country,
  {{ gen_city('a') }} as city,
  {{ gen_pick('vidooly.gender', 'a', [("'MALE'", 5), ("'FEMALE'", 4), ("null", 1)]) }} as gender,
  {{ gen_profile_type('a') }} as profile_type,
  if(platform = 'INSTAGRAM' and {{ gen_has_channel('a') }} and {{ gen_chance('vidooly.linked', 'a', 0.7) }}, {{ gen_channel_id('a') }}, null) as linked_channel_id,
  {{ gen_chance('vidooly.blacklisted', 'a', 0.01) }} as is_blacklisted,
  lower(concat({{ gen_handle('a') }}, ' ', {{ gen_category('a') }}, ' ', {{ gen_city('a') }})) as search_phrase,
  toDateTime('{{ window.history_start }}', 'UTC') + a + (copy = 1) as updated_at
from (
  select
    number as a,
    arrayJoin(if(a < accounts and not {{ gen_chance('vidooly.unknown', 'a', 0.03) }}, ['INSTAGRAM', 'YOUTUBE'], ['YOUTUBE'])) as platform,
    arrayJoin(if({{ gen_chance('vidooly.twice', 'a', 0.05) }}, [1, 2], [1])) as copy
  from numbers({{ window.accounts + window.accounts // 10 if window.is_first else 0 }})
)
where platform = 'INSTAGRAM' or {{ gen_has_channel('a') }}
{% endmacro %}
