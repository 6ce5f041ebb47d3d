{{ config(order_by='(genre, language)', tags=['weekly']) }}

with languages as (
    select category as genre, language, count() as creators, sum(c.total_followers) as followers
    from {{ ref('mart_creator') }} as c
    where not is_blacklisted
    group by genre, language
)

select
    *,
    {{ percent_of('creators', 'sum(creators) over (partition by genre)') }} as share_of_creators,
    {{ percent_of('followers', 'sum(followers) over (partition by genre)') }} as share_of_followers
from languages
