-- Eleven peers with 10, 20 … 110 followers and one without any: p90 = 100, p75 = 90, p60 = 70, p40 = 50, the average 60; another country is another group.
with accounts as (
    select
        number as id,
        if(number = 12, 'AE', 'IN') as country,
        'Food' as category,
        '0-5k' as follower_group,
        toNullable(toInt64(if(number = 11, 0, 10 * (number + 1)))) as followers
    from numbers(13)
),

graded as (
    with {{ graded_among_peers('accounts', ['followers'], 'followers') }}
),

expected as (
    select tupleElement(e, 1) as id, tupleElement(e, 2) as grade, tupleElement(e, 3) as place, tupleElement(e, 4) as average
    from (
        select arrayJoin(cast([
            (10, 'Excellent', 1, 60), (9, 'Very Good', 2, 60), (8, 'Good', 3, 60), (7, 'Good', 4, 60), (6, 'Average', 5, 60), (5, 'Average', 6, 60),
            (4, 'Poor', 7, 60), (3, 'Poor', 8, 60), (2, 'Poor', 9, 60), (1, 'Poor', 10, 60), (0, 'Poor', 11, 60), (11, null, 12, 60),
            (12, 'Poor', 1, 130)
        ], 'Array(Tuple(UInt64, Nullable(String), UInt64, Float64))')) as e
    )
)

select e.*, g.followers_grade, g.category_rank, g.country_rank, g.group_avg_followers
from expected as e
left join graded as g on g.id = e.id
where not (g.followers_grade <=> e.grade and g.category_rank <=> e.place and g.country_rank <=> e.place and g.group_avg_followers <=> e.average)
