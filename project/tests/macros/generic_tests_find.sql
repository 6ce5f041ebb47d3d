-- Each generic test of the project finds the rows it is there to find, and no others.
with cases as (
    select c.1 as name, c.2 as value
    from (
        select arrayJoin(cast([
            ('a', -1), ('a', 0), ('b', 10), ('b', 11), ('b', null), ('c', inf), ('d', nan)
        ], 'Array(Tuple(String, Nullable(Float64)))')) as c
    )
),

known as (
    select arrayJoin([0., 10., 11.]) as value
),

found as (
    select 'below, above, infinite, NaN' as what, 4 as expected, (select count() from ({{ test_accepted_range('cases', 'value', 0, 10) }})) as actual
    union all
    select 'below, above', 2, (select count() from ({{ test_accepted_range('cases', 'value', 0, 10, allow_not_finite=true) }}))
    union all
    select 'below', 1, (select count() from ({{ test_accepted_range('cases', 'value', min_value=0, allow_not_finite=true) }}))
    union all
    select 'not true of 11, infinite, NaN', 3, (select count() from ({{ test_expression_is_true('cases', 'value < 11') }}))
    union all
    select 'names that come twice', 2, (select count() from ({{ test_unique_combination('cases', ['name']) }}))
    union all
    select 'pairs that come twice', 0, (select count() from ({{ test_unique_combination('cases', ['name', 'value']) }}))
    union all
    select 'half are known, which is enough', 0, (select count() from ({{ test_mostly_references('cases', 'value', 'known', 'value', 0.5) }}))
    union all
    select 'half are known, which is too few', 1, (select count() from ({{ test_mostly_references('cases', 'value', 'known', 'value', 0.51) }}))
    union all
    select 'types of posts, which come often', 3, (select count() from ({{ test_unique_final(ref('stg_beat_instagram_post'), 'post_type') }}))
)

select *
from found
where expected != actual
