{{ config(order_by='genre', tags=['daily']) }}

with creators as (
    select
        category as genre,
        count() as creators,
        sum(c.total_followers) as followers,
        countIf(c.platforms = 2) as creators_on_both_platforms
    from {{ ref('mart_creator') }} as c
    where not is_blacklisted
    group by genre
),

accounts as (
    select
        category as genre,
        {{ quartiles('a.engagement_rate') }} as engagement_rate_quartiles,
        {{ quartiles('a.followers_growth30d') }} as growth_quartiles
    from {{ ref('mart_instagram_account') }} as a
    where not is_blacklisted
    group by genre
),

posts as (
    select
        category as genre,
        count() as posts_30d,
        ifNull(sum(p.engagement), 0) as engagement_30d,
        {{ percent_of("countIf(post_type = 'reels')", 'count()') }} as reels_share,
        {{ percent_of('countIf(is_sponsored)', 'count()') }} as sponsored_share
    from {{ ref('mart_instagram_post') }} as p
    where p.publish_time > {{ stir_now() }} - interval 30 day
    group by genre
)

select
    c.genre as genre,
    c.creators as creators,
    c.creators_on_both_platforms as creators_on_both_platforms,
    c.followers as followers,
    a.engagement_rate_quartiles as engagement_rate_quartiles,
    a.growth_quartiles as growth_quartiles,
    ifNull(p.posts_30d, 0) as posts_30d,
    ifNull(p.engagement_30d, 0) as engagement_30d,
    p.reels_share as reels_share,
    p.sponsored_share as sponsored_share
from creators as c
left join accounts as a on a.genre = c.genre
left join posts as p on p.genre = c.genre
settings join_use_nulls = 1
