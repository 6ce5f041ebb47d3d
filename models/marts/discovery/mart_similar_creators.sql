{{ config(order_by='ig_id', tags=['weekly']) }}

-- Neighbours by size among those of one country and category: a window, so that the work grows with the accounts and not with their pairs.
with neighbours as (
    select
        ig_id,
        country,
        category,
        followers,
        groupArray(ig_id) over (
            partition by country, category order by followers, ig_id rows between 3 preceding and 3 following
        ) as around
    from {{ ref('mart_instagram_account') }}
    where followers > 0 and not is_blacklisted and country != 'MISSING' and category != 'MISSING'
)

select ig_id, country, category, followers, arrayFilter(other -> other != ig_id, around) as similar_ig_ids
from neighbours
where length(around) > 1
