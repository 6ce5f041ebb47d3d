-- A leaderboard of two profiles over three months: places within the month and the category, last month's beside them, both as maps.
with board as (
with base as (
    select toDate(r.1) as month, r.2 as platform_id, r.3 as category, r.4 as followers, r.5 as expected
    from (
        select arrayJoin(cast([
            ('2024-01-01', 'a', 'Food', 10, '1 1 - -'), ('2024-01-01', 'b', 'Music', 5, '2 1 - -'),
            ('2024-02-01', 'a', 'Food', 10, '2 1 1 1'), ('2024-02-01', 'b', 'Music', 20, '1 1 2 1'),
            ('2024-04-01', 'a', 'Food', null, '- - - -'), ('2024-03-01', 'b', 'Food', 1, '1 1 1 1')
        ], 'Array(Tuple(String, String, String, Nullable(Int64), String))')) as r
    )
),

{{ ranked_leaderboard('base', ['followers'], {'': [], '_by_cat': ['category']}) }}
),

told as (
    select
        *,
        arrayStringConcat(arrayMap(place -> ifNull(toString(place), '-'), [followers_rank, followers_rank_by_cat, followers_rank_prev, followers_rank_by_cat_prev]), ' ') as actual
    from board
)

select *
from told
where
    actual != expected
    or not (current_month_ranks['followers_rank_by_cat'] <=> followers_rank_by_cat)
    or not (last_month_ranks['followers_rank'] <=> followers_rank_prev)
