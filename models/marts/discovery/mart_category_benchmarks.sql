{{ config(order_by='(platform, category, follower_group)', tags=['weekly']) }}

with accounts as (
    select 'INSTAGRAM' as platform, category, follower_group, engagement_rate, avg_likes, followers_growth30d
    from {{ ref('mart_instagram_account') }}
    union all
    select 'YOUTUBE', category, follower_group, engagement_rate, avg_likes, followers_growth30d
    from {{ ref('mart_youtube_account') }}
)

select
    toLowCardinality(platform) as platform,
    category,
    follower_group,
    count() as accounts,
    {%- for metric in ['engagement_rate', 'avg_likes', 'followers_growth30d'] %}
    {{ quartiles(metric) }} as {{ metric }}_quartiles{{ ',' if not loop.last }}
    {%- endfor %}
from accounts
where follower_group != 'MISSING'
group by platform, category, follower_group
