{#-
  What the crawler is asked for. A job names what is due (`accounts_due`, `posts_due`, `posts_wanted`) and among which (a set of sets.sql); its key is the row's id with
  `due_at`, the beginning of the period of `every` hours: within it each row is asked for once, however often the job runs.
-#}

{#- Where a platform's accounts and posts are, and how they call their ids. -#}
{% macro platform_models(platform) -%}
  {{ return({
    'INSTAGRAM': {'accounts': 'stg_beat_instagram_account', 'posts': 'stg_beat_instagram_post', 'account_id': 'profile_id', 'name': 'handle'},
    'YOUTUBE': {'accounts': 'stg_beat_youtube_account', 'posts': 'stg_beat_youtube_video', 'account_id': 'channel_id', 'name': 'custom_url'},
  }[platform]) }}
{%- endmacro %}

{#- The period of `every` hours that it is now. -#}
{% macro period_of(every) -%}
  toStartOfInterval({{ stir_now() }}, interval {{ every }} hour)
{%- endmacro %}

{#- Accounts last crawled more than `every` hours ago, the longest first. `among`: a select of account ids; `where`: a condition on the staging model. -#}
{% macro accounts_due(platform, every, among=none, where='true') -%}
{%- set models = platform_models(platform) -%}
select
    {{ models.account_id }} as profile_id,
    {{ models.name }} as handle,
    updated_at as crawled_at,
    {{ period_of(every) }} as due_at
from {{ ref(models.accounts) }}
where updated_at < {{ stir_now() }} - interval {{ every }} hour
    and {{ where }}
    {%- if among is not none %}
    and profile_id in ({{ among }})
    {%- endif %}
order by crawled_at
{%- endmacro %}

{#- Posts of the last `days`, last read more than `every` hours ago, the longest first. `of`: a select of account ids. -#}
{% macro posts_due(platform, every, days, of=none) -%}
{%- set models = platform_models(platform) -%}
select
    shortcode,
    assumeNotNull(p.{{ models.account_id }}) as profile_id,
    updated_at as crawled_at,
    {{ period_of(every) }} as due_at
from {{ ref(models.posts) }} as p final
where id is not null and p.{{ models.account_id }} is not null
    and publish_time > {{ stir_now() }} - interval {{ days }} day
    and updated_at < {{ stir_now() }} - interval {{ every }} hour
    {%- if of is not none %}
    and profile_id in ({{ of }})
    {%- endif %}
order by crawled_at
{%- endmacro %}

{#- Posts of a set of Instagram's shortcodes: those nobody has read yet, and those of the last `days` that were read more than `every` hours ago. -#}
{% macro posts_wanted(every, days, among) -%}
select w.shortcode as shortcode, p.profile_id as profile_id, p.updated_at as crawled_at, {{ period_of(every) }} as due_at
from ({{ among }}) as w
left join (
    select shortcode, profile_id, publish_time, updated_at from {{ ref('stg_beat_instagram_post') }} final where id is not null
) as p on p.shortcode = w.shortcode
where (p.publish_time is null or p.publish_time > {{ stir_now() }} - interval {{ days }} day)
    and p.updated_at < {{ stir_now() }} - interval {{ every }} hour
order by crawled_at
{%- endmacro %}

{#- Everything in a set once in each period: what has no crawl of its own to be old, such as insights, stories and audiences. -#}
{% macro each_period(every, id, among) -%}
select {{ id }}, {{ period_of(every) }} as due_at
from ({{ among }}) as wanted
order by {{ id }}
{%- endmacro %}
