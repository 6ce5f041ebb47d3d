-- The value of the month before: NULL after a gap, in the first month, and where the value itself is NULL.
with cases as (
    select 'a' as platform_id, toDate(c.1) as month, c.2 as value, c.3 as expected
    from (
        select arrayJoin(cast([
            ('2023-12-01', 5, null), ('2024-01-01', null, 5), ('2024-02-01', 7, null), ('2024-04-01', 8, null), ('2024-05-01', 9, 8)
        ], 'Array(Tuple(String, Nullable(Int64), Nullable(Int64)))')) as c
    )
),

remembered as (
    select *, {{ last_months('value') }} as actual
    from cases
    {{ window_last_row('platform_id') }}
)

select *
from remembered
where not (actual <=> expected)
