{{ config(order_by='(country, ig_id)', tags=['core', 'hourly']) }}

-- Small accounts double overnight; a thousand followers is where growth begins to mean something.
select
    ig_id,
    handle,
    country,
    category,
    follower_group,
    followers,
    followers_growth30d,
    group_avg_followers_growth30d,
    {{ rank_among('followers_growth30d', ['country', 'category']) }} as growth_rank
from {{ ref('mart_instagram_account') }}
where followers_growth30d_grade = 'Excellent' and followers_growth30d > 0 and followers >= 1000 and not is_blacklisted
