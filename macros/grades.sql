{#- The metrics by which an Instagram account is compared with its peers. -#}
{% macro graded_metrics() -%}
  {{ return([
    'avg_likes', 'avg_comments', 'comments_rate', 'followers', 'engagement_rate', 'reels_reach', 'image_reach', 'story_reach', 'reels_impressions',
    'image_impressions', 'likes_to_comment_ratio', 'followers_growth7d', 'followers_growth30d', 'followers_growth90d', 'audience_reachability',
    'audience_authencity', 'post_count', 'likes_spread', 'avg_posts_per_week'
  ]) }}
{%- endmacro %}

{#- False for what says nothing of a creator: NULL, zero, infinite, NaN. -#}
{% macro is_gradable(metric) -%}
  ifNull(isFinite({{ metric }}) and {{ metric }} != 0, false)
{%- endmacro %}

{#- The grade of `metric` against the thresholds of its peers, an array of p90, p75, p60 and p40. -#}
{% macro grade(metric, thresholds) -%}
  multiIf(
        not {{ is_gradable(metric) }}, null,
        {%- for label in ['Excellent', 'Very Good', 'Good', 'Average'] %}
        {{ metric }} > {{ thresholds }}[{{ loop.index }}], '{{ label }}',
        {%- endfor %}
        'Poor')
{%- endmacro %}

{#- Select list, grouped by peer group: the thresholds and the average of each metric over the peers it can be graded for. -#}
{% macro peer_statistics(metrics) -%}
  {%- for metric in metrics %}
        quantilesExactIf(0.9, 0.75, 0.6, 0.4)(assumeNotNull(toFloat64({{ metric }})), {{ is_gradable(metric) }}) as {{ metric }}_thresholds,
        avgOrNullIf(toFloat64({{ metric }}), {{ is_gradable(metric) }}) as group_avg_{{ metric }}{{ ',' if not loop.last }}
  {%- endfor %}
{%- endmacro %}

{#- Select list: `<metric>_grade` and `group_avg_<metric>` of each metric. -#}
{% macro graded_columns(metrics, account, peers) -%}
  {%- for metric in metrics %}
    {{ grade(account ~ '.' ~ metric, peers ~ '.' ~ metric ~ '_thresholds') }} as {{ metric }}_grade,
    {{ peers }}.group_avg_{{ metric }} as group_avg_{{ metric }}{{ ',' if not loop.last }}
  {%- endfor %}
{%- endmacro %}

{#-
  The last CTE and the select of a mart of accounts: the rows of the CTE `accounts` with their places by `size` in the country and in country + category,
  and each of `metrics` graded among the peers, who agree in country, category and follower group.
-#}
{% macro graded_among_peers(accounts, metrics, size) -%}
peers as (
    select
        country,
        category,
        follower_group,
        {{- peer_statistics(metrics) }}
    from {{ accounts }}
    group by country, category, follower_group
)

select
    account.*,
    {{ rank_among('account.' ~ size, ['account.country']) }} as country_rank,
    {{ rank_among('account.' ~ size, ['account.country', 'account.category']) }} as category_rank,
    {{- graded_columns(metrics, 'account', 'peers') }}
from {{ accounts }} as account
inner join peers
    on peers.country = account.country and peers.category = account.category and peers.follower_group = account.follower_group
{%- endmacro %}

{#- Aggregate: [p25, p50, p75] of a metric over the rows that can be graded, exact; empty where there are none. -#}
{% macro quartiles(metric) -%}
  if(countIf({{ is_gradable(metric) }}) = 0, [], quantilesExactIf(0.25, 0.5, 0.75)(assumeNotNull(toFloat64({{ metric }})), {{ is_gradable(metric) }}))
{%- endmacro %}
