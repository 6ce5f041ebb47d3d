{{ config(order_by='country', tags=['daily']) }}

with by_category as (
    select country, category, count() as creators, sum(total_followers) as followers
    from {{ ref('mart_creator') }}
    where not is_blacklisted
    group by country, category
)

select
    country,
    sum(c.creators) as creators,
    sum(c.followers) as followers,
    count() as categories,
    -- Equal categories: the first in the alphabet.
    argMin(c.category, (-toInt64(c.creators), c.category)) as biggest_category,
    {{ percent_of('max(c.creators)', 'sum(c.creators)') }} as biggest_category_share
from by_category as c
group by country
