{#- Buckets of each dimension of an audience with the weight they have on average. -#}
{% macro gen_audience_buckets() -%}
  [
    ('gender', 'male', 6), ('gender', 'female', 4),
    ('age', '13-17', 1), ('age', '18-24', 5), ('age', '25-34', 4), ('age', '35-44', 2), ('age', '45-54', 1), ('age', '55+', 0.5),
    ('city', 'Mumbai', 3), ('city', 'Delhi', 3), ('city', 'Bengaluru', 2), ('city', 'Dubai', 0.5), ('city', 'Jaipur', 1),
    ('language', 'hi', 4), ('language', 'en', 4), ('language', 'ta', 1), ('language', 'te', 1),
    ('authenticity', 'real', 8), ('authenticity', 'mass_follower', 1.2), ('authenticity', 'suspicious', 0.8)
  ]
{%- endmacro %}

{#- Whose followers an account has. Connected accounts know it (insights), for most others a model guessed it (gpt), some are unknown. Shares of a dimension add up to one. -#}
{% macro gen_instagram_audience(window) %}
insert into beat_replica.instagram_audience
{{ gen_bindings(window) }}
select
  (a * 100 + position) * 2 + (origin = 'gpt') as id, {{ gen_ig_id('a') }} as profile_id, origin, known.1 as dimension, known.2 as bucket,
  round(weight / sum(weight) over (partition by a, origin, known.1), 4) as share,
  toDateTime('{{ window.history_start }}', 'UTC') + a as updated_at
from (
  select
    number as a,
    arrayJoin(arrayConcat(
      if({{ gen_is_connected('a') }}, ['insights'], []), if({{ gen_chance('audience.guessed', 'a', 0.75) }}, ['gpt'], []))) as origin,
    arrayJoin(arrayEnumerate({{ gen_audience_buckets() }})) as position,
    {{ gen_audience_buckets() }}[position] as known,
    known.3 * exp(0.5 * {{ gen_normal('audience.weight', 'a, position, origin') }}) as weight
  from numbers({{ window.accounts if window.is_first else 0 }})
)
{% endmacro %}

{% macro gen_youtube_audience(window) %}
insert into beat_replica.youtube_audience
{{ gen_bindings(window) }}
select
  a * 100 + position as id, {{ gen_channel_id('a') }} as channel_id, known.1 as dimension, known.2 as bucket,
  round(weight / sum(weight) over (partition by a, known.1), 4) as share,
  toDateTime('{{ window.history_start }}', 'UTC') + a as updated_at
from (
  select
    number as a,
    arrayJoin(arrayEnumerate({{ gen_audience_buckets() }})) as position,
    {{ gen_audience_buckets() }}[position] as known,
    known.3 * exp(0.5 * {{ gen_normal('yt.audience', 'a, position') }}) as weight
  from numbers({{ window.accounts + window.accounts // 10 if window.is_first else 0 }})
  where {{ gen_has_channel('number') }} and {{ gen_chance('yt.audience.known', 'number', 0.6) }}
)
{% endmacro %}

{#- Tokens of the connected accounts, some of them expired. -#}
{% macro gen_credentials(window) %}
insert into beat_replica.credential
{{ gen_bindings(window) }}
select
  number + 1 as id, concat('ig-', toString(number)) as idempotency_key, 'fb_graph' as source, {{ gen_handle('number') }} as handle,
  {{ gen_ig_id('number') }} as profile_id, not {{ gen_chance('credential.off', 'number', 0.1) }} as enabled,
  {{ gen_chance('credential.expired', 'number', 0.15) }} as data_access_expired,
  toDateTime('{{ window.history_start }}', 'UTC') as created_at, created_at + number as updated_at
from numbers({{ window.accounts if window.is_first else 0 }})
where {{ gen_is_connected('number') }}
{% endmacro %}
