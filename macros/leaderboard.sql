{#-
  `expressions` of the preceding row of the window `last_row`, the month first: a tuple, which keeps a NULL from being skipped. What it says of last
  month is told by `of_last_month`. The select ends with `{{ window_last_row(key) }}`.
-#}
{% macro preceding_row(expressions) -%}
  (groupArray((month, {{ expressions | join(', ') }})) over last_row)[1]
{%- endmacro %}

{#- The expression at `place` (from 1) of a `preceding_row`, if that row is last month's; else NULL. -#}
{% macro of_last_month(row, place, month='month') -%}
  if(tupleElement({{ row }}, 1) = addMonths({{ month }}, -1), tupleElement({{ row }}, {{ place + 1 }}), null)
{%- endmacro %}

{#- One `expression` of the preceding row, if that row is last month's; else NULL. -#}
{% macro last_months(expression) -%}
  {{ of_last_month(preceding_row([expression]), 1) }}
{%- endmacro %}

{% macro window_last_row(key) -%}
  window last_row as (partition by {{ key }} order by month rows between 1 preceding and 1 preceding)
{%- endmacro %}

{#- The four metrics a leaderboard ranks by. -#}
{% macro ranked_metrics() -%}
  {{ return(['followers', 'followers_change', 'views', 'plays']) }}
{%- endmacro %}

{#- What ranks are crossed with: suffix of the rank column -> columns that, with the month, make the group. -#}
{% macro rank_dimensions() -%}
  {%- set crossed = {} -%}
  {%- for profile in [false, true] -%}
    {%- for language in [false, true] -%}
      {%- for category in [false, true] -%}
        {%- set suffix = ('_cat' if category else '') ~ ('_lang' if language else '') ~ ('_profile' if profile else '') -%}
        {%- set columns = (['category'] if category else []) + (['language'] if language else []) + (['profile_type'] if profile else []) -%}
        {%- do crossed.update({('_by' ~ suffix) if suffix else '': columns}) -%}
      {%- endfor -%}
    {%- endfor -%}
  {%- endfor -%}
  {%- do crossed.update({'_by_country': ['country']}) -%}
  {{ return(crossed) }}
{%- endmacro %}

{#- Names of the rank columns: `<metric>_rank<suffix>`. -#}
{% macro rank_columns(metrics, dimensions) -%}
  {%- set names = [] -%}
  {%- for suffix in dimensions -%}
    {%- for metric in metrics -%}{%- do names.append(metric ~ '_rank' ~ suffix) -%}{%- endfor -%}
  {%- endfor -%}
  {{ return(names) }}
{%- endmacro %}

{#- Place of the row's `metric` within its month and `columns`, the greatest first, equals sharing a place; NULL for a metric that is not known. -#}
{% macro rank_within(metric, columns) -%}
  {{ rank_among(metric, ['month'] + columns) }}
{%- endmacro %}

{#- Select list: every rank column of metrics x dimensions. -#}
{% macro select_ranks(metrics, dimensions) -%}
  {%- for suffix, columns in dimensions.items() -%}
    {%- for metric in metrics %}
    {{ rank_within(metric, columns) }} as {{ metric }}_rank{{ suffix }}{{ ',' if not loop.last }}
    {%- endfor -%}{{ ',' if not loop.last }}
  {%- endfor %}
{%- endmacro %}

{#- Select list: each rank of the month before as `<rank>_prev`, out of `row`, the `preceding_row` of all of them. -#}
{% macro select_previous_ranks(ranks, row, month) -%}
  {%- for rank in ranks %}
    {{ of_last_month(row, loop.index, month) }} as {{ rank }}_prev{{ ',' if not loop.last }}
  {%- endfor %}
{%- endmacro %}

{#- A map of rank name to rank, `suffix` being '' or '_prev'. -#}
{% macro rank_map(ranks, suffix='') -%}
  map({% for rank in ranks %}'{{ rank }}', {{ rank }}{{ suffix }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{#-
  The last CTEs and the select of a leaderboard: the rows of the CTE `base` (one per month and platform_id) with every rank of `metrics` crossed with
  `dimensions`, the same of last month, and both as maps.
-#}
{% macro ranked_leaderboard(base, metrics, dimensions) -%}
{%- set ranks = rank_columns(metrics, dimensions) -%}
-- Each rank sorts all rows once: nothing but the ranks and their row's key is carried along, the rest joins at the end.
ranked as (
    select
        month,
        platform_id,
        {{- select_ranks(metrics, dimensions) | indent(4) }}
    from {{ base }}
),

remembered as (
    select *, {{ preceding_row(ranks) }} as before
    from ranked
    {{ window_last_row('platform_id') }}
)

select
    b.*,
    {%- for rank in ranks %}
    r.{{ rank }} as {{ rank }},
    {%- endfor %}
    {{- select_previous_ranks(ranks, 'r.before', 'b.month') }},
    {{ rank_map(ranks, '_prev') }} as last_month_ranks,
    {{ rank_map(ranks) }} as current_month_ranks
from {{ base }} as b
inner join remembered as r on r.month = b.month and r.platform_id = b.platform_id
{%- endmacro %}

{#-
  The last CTEs and the select of a leaderboard's base: one row per month and profile with a follower count in that month, the month's last. `weekly` is
  the platform's weekly mart, `following` its column or a NULL, `posts` the name of a CTE with one row per month and platform_id, `attributes` the
  relation with the profiles' attributes.
-#}
{% macro leaderboard_base(platform, weekly, following, posts, attributes) -%}
followers as (
    select
        toStartOfMonth(date) as month,
        profile_id as platform_id,
        argMax(w.followers, w.date) as followers,
        {{ following }} as following
    from {{ weekly }} as w
    group by month, platform_id
),

joined as (
    select
        f.month as month,
        f.platform_id as platform_id,
        a.handle as handle,
        ifNull(a.category, 'MISSING') as category,
        ifNull(a.language, 'MISSING') as language,
        ifNull(a.country, 'MISSING') as country,
        ifNull(a.profile_type, 'MISSING') as profile_type,
        not ifNull(a.is_blacklisted, false) as enabled,
        f.followers as followers,
        f.following as following,
        ifNull(p.uploads, 0) as uploads,
        ifNull(p.likes, 0) as likes,
        ifNull(p.comments, 0) as comments,
        ifNull(p.views, 0) as views,
        ifNull(p.plays, 0) as plays,
        likes + comments as engagement,
        p.likes / p.uploads as avg_likes,
        p.comments / p.uploads as avg_comments,
        p.views / nullIf(p.videos, 0) as avg_views,
        p.plays / nullIf(p.videos, 0) as avg_plays,
        {{ percent_of('avg_likes + avg_comments', 'f.followers') }} as engagement_rate
    from followers as f
    left join {{ posts }} as p on p.month = f.month and p.platform_id = f.platform_id
    left join (select * from {{ attributes }} where platform = '{{ platform }}') as a on a.profile_id = f.platform_id
    settings join_use_nulls = 1
)

select
    *,
    {{ last_months('followers') }} as prev_followers,
    {{ last_months('views') }} as prev_views,
    {{ last_months('plays') }} as prev_plays,
    followers - prev_followers as followers_change
from joined
{{ window_last_row('platform_id') }}
{%- endmacro %}
